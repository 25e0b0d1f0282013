"""The `ganger` command."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.paths import ROOT, STATE

_REMOTE_ENVIRONMENTS = ("staging", "production")
_ENVIRONMENTS = ("development", *_REMOTE_ENVIRONMENTS)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except KeyboardInterrupt:
        return 130
    except _problems() as problem:
        print(f"ganger: {problem}", file=sys.stderr)
        return 1
    return status


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="ganger", description="Build, run and check Ganger Platform.")
    commands = whole.add_subparsers(required=True, metavar="command")

    runtime = commands.add_parser("runtime", help="build what workers run on, if it is not there")
    runtime.set_defaults(run=_runtime)

    build = commands.add_parser("build", help="assemble deployable folders below build/")
    build.add_argument("ids", nargs="*", help="registry ids; all without any")
    build.add_argument("--env", choices=_ENVIRONMENTS, default="development")
    build.set_defaults(run=_build)

    dev = commands.add_parser("dev", help="run the platform on this machine and reload it on change")
    dev.add_argument(
        "ids", nargs="*", help="apps to run besides the router, identity and portal; all without any"
    )
    dev.add_argument("--port", type=int, default=8787)
    dev.add_argument("--state", type=Path, default=STATE, help="folder that data is kept in")
    dev.add_argument("--fresh", action="store_true", help="drop what the state folder holds")
    dev.set_defaults(run=_dev)

    bench = commands.add_parser("bench", help="measure what requests cost, beside other ways to serve them")
    what = bench.add_mutually_exclusive_group()
    what.add_argument("--browser", action="store_true", help="pages in Chromium on a slow phone instead")
    what.add_argument("--large", action="store_true", help="the inventory with 200,000 movements instead")
    bench.add_argument("--json", action="store_true", help="print JSON in place of tables")
    bench.add_argument("--write", action="store_true", help="write the tables to docs/benchmarks.md too")
    bench.set_defaults(run=_bench)

    wheels = commands.add_parser(
        "wheels", help="list the distributions that workers may hold, as name==version"
    )
    wheels.set_defaults(run=_wheels)

    sizes = commands.add_parser("sizes", help="what every worker uploads, beside its budget")
    sizes.add_argument("ids", nargs="*", help="registry ids; all without any")
    sizes.add_argument(
        "--since", default="HEAD", help="commit that a worker over its budget is compared with"
    )
    sizes.add_argument("--why", metavar="ID", help="every module of one worker, and what imports it")
    sizes.set_defaults(run=_sizes)

    pictures = commands.add_parser("screenshots", help="take the pictures of the documents anew")
    pictures.set_defaults(run=_screenshots)

    check = commands.add_parser("check", help="the whole gate that needs no running worker")
    check.set_defaults(run=_check)
    app = commands.add_parser("new", help="begin something").add_subparsers(required=True, metavar="what")
    new_app = app.add_parser("app", help="put a registered app into service with one page")
    new_app.add_argument("id", help="its registry id")
    new_app.set_defaults(run=_new_app)
    _add_drill(commands)
    _add_audit(commands)
    _add_inventory(commands)
    _add_delivery(commands)
    return whole


def _add_drill(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    drill = commands.add_parser("drill", help="break something on this machine and see what still holds")
    kills = drill.add_subparsers(required=True, metavar="what").add_parser(
        "kills", help="kill the runtime while stock moves, again and again"
    )
    kills.add_argument("--points", type=int, default=50, help="how often")
    kills.add_argument("--seed", type=int, default=1, help="another one, other work")
    kills.set_defaults(run=_drill_kills)


def _add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = commands.add_parser("audit", help="the audit log")
    verify = audit.add_subparsers(required=True, metavar="what").add_parser(
        "verify", help="find what was altered, removed or inserted since it was sealed"
    )
    source = verify.add_mutually_exclusive_group()
    source.add_argument("--state", type=Path, default=STATE, help="folder that `ganger dev` keeps data in")
    source.add_argument("--file", type=Path, help="what wrangler exported; needs AUDIT_KEYS")
    verify.add_argument(
        "--known", action="append", default=[], metavar="NUMBER:HASH", help="a seal that the log tells of"
    )
    verify.set_defaults(run=_verify)


def _add_delivery(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    deploy = commands.add_parser("deploy", help="build workers and let them answer at Cloudflare")
    deploy.add_argument("--changed", action="store_true", help="only those whose live version differs")
    deploy.add_argument("--list", action="store_true", help="deploy nothing; print ids by stage as JSON")
    deploy.add_argument("--secrets", type=Path, help="file of NAME=value lines; secrets stay without")
    deploy.set_defaults(run=_deploy)
    rollback = commands.add_parser("rollback", help="let the versions before a deployment answer again")
    rollback.set_defaults(run=_rollback)
    provision = commands.add_parser(
        "provision", help="create the databases, buckets and queues that are missing"
    )
    provision.set_defaults(run=_provision)
    for command in (deploy, rollback):
        command.add_argument("ids", nargs="*", help="registry ids; all without any")
    for command in (deploy, rollback, provision):
        command.add_argument("--env", choices=_REMOTE_ENVIRONMENTS, required=True)
    deploy.add_argument("--commit", help="where the source comes from; this tree's commit without")
    rollback.add_argument("--commit", help="take back what it deployed; the present version without")
    health = commands.add_parser("health", help="ask a router how every worker is; needs MONITOR_TOKEN")
    health.add_argument("url", help="of the router, as https://staff.gangerdermatology.com")
    health.add_argument("--within", type=float, default=0, metavar="SECONDS", help="how long to ask again")
    health.set_defaults(run=_health)


def _add_inventory(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    inventory = commands.add_parser("inventory", help="the ledger of supplies")
    reconcile = inventory.add_subparsers(required=True, metavar="what").add_parser(
        "reconcile", help="compare what is on hand with the sum of all movements"
    )
    source = reconcile.add_mutually_exclusive_group()
    source.add_argument("--state", type=Path, default=STATE, help="folder that `ganger dev` keeps data in")
    source.add_argument("--file", type=Path, help="what wrangler printed for the query of --query")
    source.add_argument("--query", action="store_true", help="print the query for wrangler, and do no more")
    reconcile.set_defaults(run=_reconcile)


# Each command imports what it needs, so that `ganger build` with nothing to do stays quick.


def _runtime(_: argparse.Namespace) -> int:
    from tools.local.wrangler_env import name_workerd
    from tools.runtime import ensure_runtime

    workerd = ensure_runtime(_say).workerd
    name_workerd(ROOT / ".env", workerd)
    print(workerd)
    return 0


def _build(arguments: argparse.Namespace) -> int:
    from tools.build import build
    from tools.local.keys import development_vars

    built = build(arguments.ids, arguments.env, _say, development_vars())
    changed = sum(worker.changed for worker in built)
    _say(f"{len(built)} workers for {arguments.env}: {changed} built, {len(built) - changed} up to date.")
    return 0


def _dev(arguments: argparse.Namespace) -> int:
    from tools.dev import serve

    return serve(arguments.ids, arguments.port, arguments.state, arguments.fresh, _say)


def _bench(arguments: argparse.Namespace) -> int:
    if arguments.browser:
        from tools.bench.browser import bench_browser

        return bench_browser(arguments.json, arguments.write, _say)
    if arguments.large:
        from tools.bench.large import bench_large

        return bench_large(arguments.json, arguments.write, _say)
    from tools.bench import bench

    return bench(arguments.json, arguments.write, _say)


def _drill_kills(arguments: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from tools.drills import drill_kills

    with TemporaryDirectory() as folder:
        tally = drill_kills(arguments.points, arguments.seed, Path(folder), _say)
    for problem in tally.wrong:
        _say(problem)
    return 1 if tally.wrong else 0


def _screenshots(_: argparse.Namespace) -> int:
    from tools.screenshots import screenshots

    return screenshots(_say)


def _check(_: argparse.Namespace) -> int:
    from tools.check import check

    return check(_say)


def _verify(arguments: argparse.Namespace) -> int:
    from tools.audit import verify_export, verify_local

    if arguments.file:
        return verify_export(arguments.file, arguments.known, _say)
    return verify_local(arguments.state, arguments.known, _say)


def _new_app(arguments: argparse.Namespace) -> int:
    from tools.new import new_app

    return new_app(ROOT, arguments.id, _say)


def _wheels(_: argparse.Namespace) -> int:
    from tools.runtime import pinned

    for line in pinned():
        _say(line)
    return 0


def _sizes(arguments: argparse.Namespace) -> int:
    from tools.sizes import explain, report_sizes

    if arguments.why:
        return explain(arguments.why, _say)
    return report_sizes(arguments.ids, arguments.since, _say)


def _deploy(arguments: argparse.Namespace) -> int:
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


def _provision(arguments: argparse.Namespace) -> int:
    from tools.deploy import provision

    new = provision(arguments.env, _say)
    _say(f"{len(new)} created; all that {arguments.env} needs is there.")
    return 0


def _rollback(arguments: argparse.Namespace) -> int:
    from tools.deploy import roll_back

    done = roll_back(arguments.ids, arguments.env, arguments.commit, _say)
    _say(f"{len(done)} workers of {arguments.env} answer with their version before.")
    return 0


def _health(arguments: argparse.Namespace) -> int:
    from tools.deploy import platform_health

    return platform_health(arguments.url, os.environ.get("MONITOR_TOKEN", ""), arguments.within, _say)


def _tell(line: str) -> None:
    """Say something beside what a program reads."""
    print(line, file=sys.stderr, flush=True)


def _reconcile(arguments: argparse.Namespace) -> int:
    from tools.inventory import QUERY, reconcile_export, reconcile_local

    if arguments.query:
        _say(QUERY)
        return 0
    if arguments.file:
        return reconcile_export(arguments.file, _say)
    return reconcile_local(arguments.state, _say)


def _say(line: str) -> None:
    print(line, flush=True)


def _problems() -> tuple[type[Exception], ...]:
    """The errors whose message is meant for the person who ran the command."""
    from tools.audit import AuditProblem
    from tools.bench.measure import BenchProblem
    from tools.build import BuildError
    from tools.deploy import DeployProblem
    from tools.dev import DevProblem
    from tools.drills import DrillProblem
    from tools.inventory import LedgerProblem
    from tools.local import RunnerError
    from tools.new import NewProblem
    from tools.registry import RegistryError
    from tools.runtime import RuntimeProblem

    return (
        AuditProblem,
        BenchProblem,
        BuildError,
        DeployProblem,
        DevProblem,
        DrillProblem,
        NewProblem,
        LedgerProblem,
        RegistryError,
        RunnerError,
        RuntimeProblem,
    )


if __name__ == "__main__":
    sys.exit(main())
