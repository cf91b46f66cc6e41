"""The command line: arguments → one workflow function → exit code. Imports nothing heavy before a command runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kit.errors import KitError
from kit.interpreter import prepare_command

app = typer.Typer(
    name="kit",
    help="Check collected plan data, compute the plan's indicators and render evaluation reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DataDir = Annotated[Path, typer.Option("--data", metavar="DIR", help="Folder with reference/ and collected/.")]
ParamsFile = Annotated[
    Path | None,
    typer.Option("--params", metavar="FILE", help="Plan parameters. [default: params/plan-<year>.yaml]"),
]
OutDir = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder that the reports go to.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines.")]


def main() -> None:
    """Run the command line; a user's error is one paragraph on standard error and an exit code."""
    prepare_command()
    try:
        app()
    except KitError as error:
        from kit.console import visible

        print(visible(str(error)), file=sys.stderr)
        sys.exit(error.exit_code)


@app.command()
def template(
    unit: Annotated[str | None, typer.Argument(help="The unit, e.g. XA-01.")] = None,
    year: Annotated[int, typer.Option(help="Plan year, e.g. 2024.")] = 0,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="File, or folder. [default: reports/templates/<year>/]"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="One workbook for each unit of the year.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Every table of the unit's level, not only the usual ones.")
    ] = False,
    data: DataDir = Path("data"),
    params: ParamsFile = None,
) -> None:
    """Write the empty entry workbook of a unit: its policies, periods, deadlines, and what last year left open.

    Exit code: 0 done, 2 wrong use.
    """
    from kit import console
    from kit.workflow.places import Places
    from kit.workflow.template import TemplateOrder
    from kit.workflow.template import template as write_templates

    order = TemplateOrder(unit, year, every=every, full=full, output=output)
    written = write_templates(order, Places(data, params, Path("reports/templates")), tell=console.progress())
    for path in written:
        print(console.visible(path.as_posix()))


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Workbooks or CSV folders to check; all collected data when none."),
    ] = None,
    period: Annotated[str | None, typer.Option(help="Judge against the cut-off of this period, e.g. 2024-H1.")] = None,
    data: DataDir = Path("data"),
    params: ParamsFile = None,
    out: OutDir = Path("reports/check"),
    as_json: Json = False,
) -> None:
    """Check workbooks and CSV folders; findings on screen and in OUT/findings.csv.

    Exit code: 0 clean, 1 errors in data, 2 wrong use, 3 a file cannot be read.
    """
    from kit import console
    from kit.workflow.check import check as check_files
    from kit.workflow.places import Places

    outcome = check_files(paths or [], Places(data, params, out), period_code=period, tell=console.progress())
    console.print_check(outcome, as_json=as_json)
    raise typer.Exit(outcome.exit_code)


@app.command()
def receive(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders as they arrived, any name.")],
    year: Annotated[
        list[int] | None, typer.Option(help="Plan year to take; may be repeated. [default: newest]")
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who receives, for the log. [default: the OS user]")] = "",
    data: DataDir = Path("data"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; move nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Take also a file older than the one at hand.")] = False,
) -> None:
    """Put files into DATA/collected by their identity sheet; earlier versions are kept in DATA/received, with a log.

    Exit code: 0 done, 1 some files refused, 2 wrong use, 3 a file cannot be read.
    """
    from kit import console, console_office
    from kit.workflow.places import Places
    from kit.workflow.receive import ReceiptRequest
    from kit.workflow.receive import receive as receive_files

    request = ReceiptRequest(tuple(paths), tuple(year or ()), by, dry_run=dry_run, force=force)
    outcome = receive_files(request, Places(data, None, Path("reports")), tell=console.progress())
    console_office.print_receipts(outcome)
    raise typer.Exit(outcome.exit_code)


@app.command()
def run(
    period: Annotated[str, typer.Argument(help="Reporting period: 2024-H1, 2024-Q1, 2024-M03, 2024-9M, 2024-Y …")],
    unit: Annotated[list[str] | None, typer.Option(help="Only this unit; may be repeated.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Reports built at the same time. [default: CPUs]")] = None,
    formats: Annotated[str, typer.Option(help="html, pdf, docx, png; none: check and evaluate only.")] = "html,pdf",
    edition: Annotated[str, typer.Option(help="internal, or public: without personal data.")] = "internal",
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help="Dask scheduler to build on, not here.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be built, why and how long it takes.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Build also what is current or approved.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when the data have errors.")] = False,
    data: DataDir = Path("data"),
    params: ParamsFile = None,
    out: OutDir = Path("reports"),
    as_json: Json = False,
) -> None:
    """Check, evaluate and build the reports of a period, only what is out of date.

    Exit code: 0 done, 1 some reports failed (or --strict and errors in data), 2 wrong use.
    """
    from kit import console
    from kit.workflow.places import Places
    from kit.workflow.reports import parse_edition
    from kit.workflow.run import RunRequest
    from kit.workflow.run import run as run_period

    request = RunRequest(
        period=period,
        units=tuple(unit or ()),
        edition=parse_edition(edition, formats),
        jobs=jobs,
        scheduler=scheduler,
        dry_run=dry_run,
        force=force,
        strict=strict,
    )
    outcome = run_period(request, Places(data, params, out), tell=console.progress())
    console.print_run(outcome, as_json=as_json)
    raise typer.Exit(outcome.exit_code)


@app.command()
def approve(
    period: Annotated[str, typer.Argument(help="Reporting period, e.g. 2024-H1.")],
    unit: Annotated[str, typer.Option(help="The unit whose report is approved.")],
    number: Annotated[str, typer.Option(help="The document's number: 45 or 45/BC-UBND.")],
    day: Annotated[str, typer.Option("--date", metavar="DAY", help="The document's date, e.g. 2024-07-05.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who approves, for the record. [default: the OS user]")] = "",
    correct: Annotated[bool, typer.Option("--correct", help="Correct number or date of the issue at hand.")] = False,
    data: DataDir = Path("data"),
    params: ParamsFile = None,
    out: OutDir = Path("reports"),
) -> None:
    """Mark the report at hand as issued: number and date come in, its figures are kept under DATA/issued.

    Exit code: 0 done, 1 the report could not be rebuilt (nothing is approved), 2 wrong use.
    """
    from datetime import UTC, datetime

    from kit import console, console_office
    from kit.workflow.approve import ApprovalRequest
    from kit.workflow.approve import approve as approve_report
    from kit.workflow.places import Places
    from kit.workflow.status import parse_day

    now = datetime.now(UTC).astimezone()
    request = ApprovalRequest(period, unit, number, parse_day(day), now, by=by, correct=correct)
    console_office.print_approval(approve_report(request, Places(data, params, out), tell=console.progress()))


@app.command()
def status(
    period: Annotated[str, typer.Argument(help="Reporting period, e.g. 2024-H1.")],
    day: Annotated[str | None, typer.Option(metavar="DAY", help="Judge what is overdue on this day. [today]")] = None,
    reminders: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a reminder for each unit.")] = None,
    data: DataDir = Path("data"),
    params: ParamsFile = None,
    out: OutDir = Path("reports"),
    as_json: Json = False,
) -> None:
    """Who has sent, who is late, who has errors; reporting rates; what `kit run` would rebuild and why."""
    from datetime import date

    from kit import console, console_office
    from kit.workflow.places import Places
    from kit.workflow.status import StatusRequest, parse_day
    from kit.workflow.status import status as say_status

    request = StatusRequest(period, parse_day(day) if day else date.today(), reminders)
    outcome = say_status(request, Places(data, params, out), tell=console.progress())
    console_office.print_status(outcome, reminders=reminders, as_json=as_json)


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file of a report, whatever its name, or its folder.")],
    data: DataDir = Path("data"),
    params: ParamsFile = None,
    out: OutDir = Path("reports"),
    as_json: Json = False,
) -> None:
    """Say whether a file is the one that was issued or built, and whether today's inputs still give it.

    Exit code: 0 it is and they do, 1 not so, 2 wrong use.
    """
    from kit import console, console_verify
    from kit.workflow.places import Places
    from kit.workflow.verify import verify as verify_file

    outcome = verify_file(path, Places(data, params, out), tell=console.progress())
    console_verify.print_verify(outcome, as_json=as_json)
    raise typer.Exit(outcome.exit_code)


@app.command()
def doctor() -> None:
    """Say which versions, fonts and kernels are at hand, what is missing and how to get it."""
    from kit import console, diagnosis

    points = diagnosis.examine()
    console.print_doctor(points)
    raise typer.Exit(0 if all(point.good for point in points) else 1)
