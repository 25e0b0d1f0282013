"""What the `ganger` command takes."""

import argparse
from pathlib import Path

from tools.cli import commands
from tools.paths import STATE

_REMOTE_ENVIRONMENTS = ("staging", "production")
_ENVIRONMENTS = ("development", *_REMOTE_ENVIRONMENTS)


def parser() -> argparse.ArgumentParser:
    """The parser of all subcommands; each sets `run`, which carries it out."""
    whole = argparse.ArgumentParser(prog="ganger", description="Build, run and check Ganger Platform.")
    subcommands = whole.add_subparsers(required=True, metavar="command")

    runtime = subcommands.add_parser("runtime", help="build what workers run on, if it is not there")
    runtime.set_defaults(run=commands.run_runtime)

    build = subcommands.add_parser("build", help="assemble deployable folders below build/")
    build.add_argument("ids", nargs="*", help="registry ids; all without any")
    build.add_argument("--env", choices=_ENVIRONMENTS, default="development")
    build.set_defaults(run=commands.run_build)

    dev = subcommands.add_parser("dev", help="run the platform on this machine and reload it on change")
    dev.add_argument(
        "ids", nargs="*", help="apps to run besides the router, identity and portal; all without any"
    )
    dev.add_argument("--port", type=int, default=8787)
    dev.add_argument("--state", type=Path, default=STATE, help="folder that data is kept in")
    dev.add_argument("--fresh", action="store_true", help="drop what the state folder holds")
    dev.set_defaults(run=commands.run_dev)

    check = subcommands.add_parser("check", help="the whole gate that needs no running worker")
    check.set_defaults(run=commands.run_check)
    app = subcommands.add_parser("new", help="begin something").add_subparsers(required=True, metavar="what")
    new_app = app.add_parser("app", help="put a registered app into service with one page")
    new_app.add_argument("id", help="its registry id")
    new_app.set_defaults(run=commands.run_new_app)
    _add_measures(subcommands)
    _add_drill(subcommands)
    _add_backup(subcommands)
    _add_audit(subcommands)
    _add_inventory(subcommands)
    _add_delivery(subcommands)
    return whole


def _add_measures(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bench = subcommands.add_parser("bench", help="measure what requests cost, beside other ways to serve")
    what = bench.add_mutually_exclusive_group()
    what.add_argument("--browser", action="store_true", help="pages in Chromium on a slow phone instead")
    what.add_argument("--large", action="store_true", help="the inventory with 200,000 movements instead")
    what.add_argument(
        "--only", type=_names, default=[], metavar="PART,…", help="some parts of it, as router,connections"
    )
    bench.add_argument("--json", action="store_true", help="print JSON in place of tables")
    bench.add_argument("--write", action="store_true", help="write the tables to docs/benchmarks.md too")
    bench.set_defaults(run=commands.run_bench)

    wheels = subcommands.add_parser(
        "wheels", help="list the distributions that workers may hold, as name==version"
    )
    wheels.set_defaults(run=commands.run_wheels)

    sizes = subcommands.add_parser("sizes", help="what every worker uploads, beside its budget")
    sizes.add_argument("ids", nargs="*", help="registry ids; all without any")
    sizes.add_argument(
        "--since", default="HEAD", help="commit that a worker over its budget is compared with"
    )
    sizes.add_argument("--why", metavar="ID", help="every module of one worker, and what imports it")
    sizes.set_defaults(run=commands.run_sizes)

    pictures = subcommands.add_parser("screenshots", help="take the pictures of the documents anew")
    pictures.set_defaults(run=commands.run_screenshots)


def _names(text: str) -> list[str]:
    from tools.bench.bench import PARTS

    names = text.split(",")
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(PARTS)}")
    return names


def _add_drill(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    drill = subcommands.add_parser("drill", help="break something on this machine and see what still holds")
    what = drill.add_subparsers(required=True, metavar="what")
    kills = what.add_parser("kills", help="kill the runtime while stock moves, again and again")
    kills.add_argument("--points", type=int, default=50, help="how often")
    kills.add_argument("--seed", type=int, default=1, help="another one, other work")
    kills.set_defaults(run=commands.run_drill_kills)
    batch = what.add_parser("batch", help="draw a batch of handouts, and kill the platform on the way")
    batch.add_argument("--size", type=int, default=200, help="how many packets")
    batch.add_argument("--kills", type=int, default=1, help="how often, evenly over the batch")
    batch.set_defaults(run=commands.run_drill_batch)
    guesses = what.add_parser("guesses", help="guess codes and dates of birth at the patient site")
    guesses.add_argument("--codes", type=int, default=10_000, help="how many codes")
    guesses.add_argument("--dates", type=int, default=1_000, help="how many dates of birth")
    guesses.add_argument("--seed", type=int, default=1, help="another one, other guesses")
    guesses.set_defaults(run=commands.run_drill_guesses)
    crowd = what.add_parser("crowd", help="send many requests at once, reads and writes, to the same shelves")
    crowd.add_argument("--requests", type=int, default=1000, help="how many; a person has a limit a minute")
    crowd.add_argument("--seed", type=int, default=1, help="another one, another crowd")
    crowd.set_defaults(run=commands.run_drill_crowd)
    restore = what.add_parser("restore", help="read a copy of the database into an empty one and compare")
    restore.add_argument("--state", type=Path, default=STATE, help="folder that `ganger dev` keeps data in")
    restore.set_defaults(run=commands.run_drill_restore)
    soak = what.add_parser("soak", help="work steadily for long and watch the memory of the runtime")
    soak.add_argument("--minutes", type=float, default=30)
    soak.add_argument("--rate", type=float, default=10, help="requests a second")
    soak.add_argument("--json", action="store_true", help="print JSON in place of a table")
    soak.set_defaults(run=commands.run_drill_soak)


def _add_backup(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = subcommands.add_parser("backup", help="copies of the database")
    arrange = backup.add_subparsers(required=True, metavar="what").add_parser(
        "arrange", help="put what wrangler exported into an order in which it can be read in"
    )
    arrange.add_argument("source", type=Path, help="what wrangler exported")
    arrange.add_argument("target", type=Path, help="the file to write")
    arrange.set_defaults(run=commands.run_arrange)


def _add_audit(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = subcommands.add_parser("audit", help="the audit log")
    verify = audit.add_subparsers(required=True, metavar="what").add_parser(
        "verify", help="find what was altered, removed or inserted since it was sealed"
    )
    source = verify.add_mutually_exclusive_group()
    source.add_argument("--state", type=Path, default=STATE, help="folder that `ganger dev` keeps data in")
    source.add_argument("--file", type=Path, help="what wrangler exported; needs AUDIT_KEYS")
    verify.add_argument(
        "--known", action="append", default=[], metavar="NUMBER:HASH", help="a seal that the log tells of"
    )
    verify.set_defaults(run=commands.run_verify)


def _add_delivery(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    deploy = subcommands.add_parser("deploy", help="build workers and let them answer at Cloudflare")
    deploy.add_argument("--changed", action="store_true", help="only those whose live version differs")
    deploy.add_argument("--list", action="store_true", help="deploy nothing; print ids by stage as JSON")
    deploy.add_argument("--secrets", type=Path, help="file of NAME=value lines; secrets stay without")
    deploy.set_defaults(run=commands.run_deploy)
    rollback = subcommands.add_parser("rollback", help="let the versions before a deployment answer again")
    rollback.set_defaults(run=commands.run_rollback)
    provision = subcommands.add_parser(
        "provision", help="create the databases, buckets and queues that are missing"
    )
    provision.set_defaults(run=commands.run_provision)
    for command in (deploy, rollback):
        command.add_argument("ids", nargs="*", help="registry ids; all without any")
    for command in (deploy, rollback, provision):
        command.add_argument("--env", choices=_REMOTE_ENVIRONMENTS, required=True)
    deploy.add_argument("--commit", help="where the source comes from; this tree's commit without")
    rollback.add_argument("--commit", help="take back what it deployed; the present version without")
    health = subcommands.add_parser("health", help="ask a router how every worker is; needs MONITOR_TOKEN")
    health.add_argument("url", help="of the router, as https://staff.gangerdermatology.com")
    health.add_argument("--within", type=float, default=0, metavar="SECONDS", help="how long to ask again")
    health.set_defaults(run=commands.run_health)


def _add_inventory(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    inventory = subcommands.add_parser("inventory", help="the ledger of supplies")
    reconcile = inventory.add_subparsers(required=True, metavar="what").add_parser(
        "reconcile", help="compare what is on hand with the sum of all movements"
    )
    source = reconcile.add_mutually_exclusive_group()
    source.add_argument("--state", type=Path, default=STATE, help="folder that `ganger dev` keeps data in")
    source.add_argument("--file", type=Path, help="what wrangler printed for the query of --query")
    source.add_argument("--query", action="store_true", help="print the query for wrangler, and do no more")
    reconcile.set_defaults(run=commands.run_reconcile)
