"""What each subcommand of `ganger` does; each takes its arguments and returns the exit status."""

import argparse
import json
import os
import sys
from pathlib import Path

from tools.paths import ROOT

# Each command imports what it needs, so that `ganger build` with nothing to do stays quick.


def run_runtime(_: argparse.Namespace) -> int:
    """Build what workers run on, name it to wrangler, and print where it is."""
    from tools.local.wrangler_env import name_workerd
    from tools.runtime import ensure_runtime

    workerd = ensure_runtime(_say).workerd
    name_workerd(ROOT / ".env", workerd)
    print(workerd)
    return 0


def run_build(arguments: argparse.Namespace) -> int:
    """Assemble deployable folders."""
    from tools.build import build
    from tools.local.keys import development_vars

    built = build(arguments.ids, arguments.env, _say, development_vars())
    changed = sum(worker.changed for worker in built)
    _say(f"{len(built)} workers for {arguments.env}: {changed} built, {len(built) - changed} up to date.")
    return 0


def run_dev(arguments: argparse.Namespace) -> int:
    """Run the platform until it is interrupted."""
    from tools.dev import serve

    return serve(arguments.ids, arguments.port, arguments.state, arguments.fresh, _say)


def run_bench(arguments: argparse.Namespace) -> int:
    """Measure requests, pages or the large inventory."""
    if arguments.browser:
        from tools.bench.browser import bench_browser

        return bench_browser(arguments.json, arguments.write, _say)
    if arguments.large:
        from tools.bench.large import bench_large

        return bench_large(arguments.json, arguments.write, _say)
    from tools.bench import bench

    return bench(arguments.only, arguments.json, arguments.write, _say)


def run_drill_kills(arguments: argparse.Namespace) -> int:
    """Kill the runtime again and again; 1 when a write was lost, doubled or half done."""
    from tempfile import TemporaryDirectory

    from tools.drills import drill_kills

    with TemporaryDirectory() as folder:
        tally = drill_kills(arguments.points, arguments.seed, Path(folder), _say)
    for wrong in tally.wrong:
        _say(wrong)
    return 1 if tally.wrong else 0


def run_drill_batch(arguments: argparse.Namespace) -> int:
    """Draw a batch of handouts; 1 when one was lost, drawn twice, or does not open."""
    from tempfile import TemporaryDirectory

    from tools.drills import drill_batch

    with TemporaryDirectory() as folder:
        drawn = drill_batch(arguments.size, arguments.kills, Path(folder), _say)
    for problem in drawn.wrong:
        _say(problem)
    return 1 if drawn.wrong else 0


def run_drill_guesses(arguments: argparse.Namespace) -> int:
    """Guess at the patient site; 1 when something was found, or guessing was not slowed."""
    from tempfile import TemporaryDirectory

    from tools.drills import drill_guesses

    with TemporaryDirectory() as folder:
        findings = drill_guesses(arguments.codes, arguments.dates, arguments.seed, Path(folder), _say)
    for problem in findings.wrong:
        _say(problem)
    return 1 if findings.wrong else 0


def run_drill_crowd(arguments: argparse.Namespace) -> int:
    """Send many requests at once; 1 when one failed, or a write was lost or doubled."""
    from tools.drills import drill_crowd

    crowded = drill_crowd(arguments.requests, arguments.seed, _say)
    for wrong in crowded.wrong:
        _say(wrong)
    return 1 if crowded.wrong else 0


def run_drill_restore(arguments: argparse.Namespace) -> int:
    """Copy the database of a state folder and read the copy into an empty one; 1 when anything differs."""
    from tempfile import TemporaryDirectory

    from tools.drills import drill_restore

    with TemporaryDirectory() as folder:
        wrong = drill_restore(arguments.state, Path(folder), _say)
    for each in wrong:
        _say(each)
    _say(f"Differences: {len(wrong)}." if wrong else "The new database holds what the old one does.")
    return 1 if wrong else 0


def run_drill_soak(arguments: argparse.Namespace) -> int:
    """Work steadily and watch memory; 1 when it grows or an answer is an error."""
    from tools.drills import drill_soak

    return drill_soak(arguments.minutes, arguments.rate, arguments.json, _say)


def run_arrange(arguments: argparse.Namespace) -> int:
    """Put the statements of a copy into an order in which they can be carried out."""
    from tools.backups import arrange_file

    _say(f"{arrange_file(arguments.source, arguments.target)} statements in {arguments.target}.")
    return 0


def run_screenshots(_: argparse.Namespace) -> int:
    """Take the pictures of the documents."""
    from tools.screenshots import screenshots

    return screenshots(_say)


def run_check(_: argparse.Namespace) -> int:
    """Run the gate that needs no running worker."""
    from tools.check import check

    return check(_say)


def run_verify(arguments: argparse.Namespace) -> int:
    """Verify the audit log of a state folder or of an export."""
    from tools.audit import verify_export, verify_local

    if arguments.file:
        return verify_export(arguments.file, arguments.known, _say)
    return verify_local(arguments.state, arguments.known, _say)


def run_new_app(arguments: argparse.Namespace) -> int:
    """Put a registered app into service."""
    from tools.new import new_app

    return new_app(ROOT, arguments.id, _say)


def run_wheels(_: argparse.Namespace) -> int:
    """Print the distributions that workers may hold."""
    from tools.runtime import pinned

    for line in pinned():
        _say(line)
    return 0


def run_sizes(arguments: argparse.Namespace) -> int:
    """Print sizes beside budgets, or why one worker has its modules."""
    from tools.sizes import explain, report_sizes

    if arguments.why:
        return explain(arguments.why, _say)
    return report_sizes(arguments.ids, arguments.since, _say)


def run_deploy(arguments: argparse.Namespace) -> int:
    """Deploy workers, or print which would be."""
    from tools.deploy import changed, deploy, present_commit, read_secrets, stages
    from tools.registry import load_registry

    if arguments.list:
        chosen = load_registry().select(arguments.ids)
        if arguments.changed:
            chosen = tuple(release.worker for release in changed(arguments.ids, arguments.env, _tell))
        listed = {stage: [worker.id for worker in workers] for stage, workers in stages(chosen).items()}
        _say(json.dumps(listed))
        return 0
    commit = arguments.commit or present_commit()
    secrets = read_secrets(arguments.secrets) if arguments.secrets else None
    done = deploy(arguments.ids, arguments.env, commit, _say, only_changed=arguments.changed, secrets=secrets)
    _say(f"{len(done)} workers deployed to {arguments.env}.")
    return 0


def run_provision(arguments: argparse.Namespace) -> int:
    """Create what is missing at Cloudflare."""
    from tools.deploy import provision

    new = provision(arguments.env, _say)
    _say(f"{len(new)} created; all that {arguments.env} needs is there.")
    return 0


def run_rollback(arguments: argparse.Namespace) -> int:
    """Let the versions before answer again."""
    from tools.deploy import roll_back

    done = roll_back(arguments.ids, arguments.env, arguments.commit, _say)
    _say(f"{len(done)} workers of {arguments.env} answer with their version before.")
    return 0


def run_health(arguments: argparse.Namespace) -> int:
    """Ask a router how every worker is."""
    from tools.deploy import platform_health

    return platform_health(arguments.url, os.environ.get("MONITOR_TOKEN", ""), arguments.within, _say)


def _tell(line: str) -> None:
    """Say something beside what a program reads."""
    print(line, file=sys.stderr, flush=True)


def run_reconcile(arguments: argparse.Namespace) -> int:
    """Compare what is on hand with the ledger, or print the query for that."""
    from tools.inventory import QUERY, reconcile_export, reconcile_local

    if arguments.query:
        _say(QUERY)
        return 0
    if arguments.file:
        return reconcile_export(arguments.file, _say)
    return reconcile_local(arguments.state, _say)


def _say(line: str) -> None:
    print(line, flush=True)
