from django.conf import settings
from django.utils import timezone

from samspel.kit import formats
from samspel.kit.commands import Command as Base
from samspel.kit.commands import CommandError
from samspel.lake import engines
from samspel.lake.counts import Count
from samspel.lake.indicators import Measure
from samspel.notices.indicators import counting, rows
from samspel.notices.indicators.form import EVERYWHERE, IndicatorForm
from samspel.notices.indicators.tables import CANNOT_SAY
from samspel.notices.indicators.words import NAMES, UNITS, ratio_text
from samspel.notices.lake import current_lake, sample_state


class Command(Base):
    help = "Print the innovation count and its sisters."
    reports = True

    def add_arguments(self, parser):
        parser.add_argument("--indicator", action="append", choices=counting.NAMES, help="one of them; can be repeated")
        parser.add_argument("--by", choices=rows.BY, default="year", help="default: year")
        home = ",".join(sorted(settings.HOME_COUNTRIES)) or EVERYWHERE
        parser.add_argument(
            "--country", default="", help=f"ISO codes with commas between, such as {home}, or all; default: {home}"
        )
        parser.add_argument("--year", default="", metavar="YYYY or YYYY-YYYY", help="default: all")
        parser.add_argument(
            "--region", default="", metavar="NUTS", help="a county or what holds it, such as NO081 or SE1"
        )
        parser.add_argument(
            "--buyer-kind", default="", metavar="KIND", help="municipality, region, state, company, other"
        )
        parser.add_argument("--cpv", default="", metavar="DIGITS", help="the beginning of a CPV code, such as 45")
        parser.add_argument("--source", default="", help="ted, doffin or uhm")
        parser.add_argument(
            "--engine", choices=["duckdb", "spark"], default="duckdb", help="spark: on SAMSPEL_SPARK_MASTER"
        )

    def handle(self, *, indicator, by, engine, json, **options):
        lake = current_lake()
        if counting.is_empty(lake):
            raise CommandError("The hub has no notices yet. Load some: samspel notices load PATH")
        asked = counting.at_home(_asked(options), counting.held(lake))
        names = tuple(indicator or counting.NAMES)
        ask = _on_spark if engine == "spark" else counting.by_group
        found = ask(lake, by, asked.where_in_year, names)
        about = rows.about_count(lake, asked, timezone.now())
        counted = [dict(zip(rows.COLUMNS, row, strict=True)) for row in rows.count_rows(found, names, by)]
        is_invented = sample_state() == "shown"
        facts = {"counted_by": by, "engine": engine, "is_invented": is_invented, **about, "rows": counted}
        self.report(facts, as_json=json, text=_text(facts, names))


def _asked(options):
    first, _dash, last = options["year"].partition("-")
    years = {"from": first, "to": last} if last else {"year": first}
    said = {name: options[name].upper() for name in ("country", "region")}
    if said["country"] == EVERYWHERE.upper():
        said["country"] = EVERYWHERE
    said |= {name: options[name] for name in ("buyer_kind", "cpv", "source")}
    form = IndicatorForm({name: value for name, value in {**said, **years}.items() if value})
    if form.refusals:
        raise CommandError(" ".join(map(str, form.refusals)), returncode=2)
    return form.asked


def _on_spark(lake, by, where, names):
    if not settings.SPARK_MASTER:
        raise CommandError("SAMSPEL_SPARK_MASTER says where Spark runs, such as spark://host:7077 or local[2].")
    table = lake.folder / "tables" / lake.manifest.tables["procurements"]
    try:
        with engines.spark(settings.SPARK_MASTER, {"procurements": table}) as ask:
            return counting.asked_of(ask, by, where, names)
    except ImportError as error:
        raise CommandError(f"Spark is not installed ({error}). It comes with samspel[spark] and needs Java.") from error


def _text(facts, names):
    invented = ["These numbers are invented: the hub shows its sample. samspel sample remove takes it away.", ""]
    lines = [
        *(invented if facts["is_invented"] else []),
        f"Counted {facts['counted_at']}, newest notice {facts['newest_notice']}; filters: {facts['filters']}",
        f"{CANNOT_SAY} means that nobody can say: nothing is among what the indicator can judge.",
    ]
    for name in names:
        indicator = counting.indicator_of(name)
        rows = [row for row in facts["rows"] if row["indicator"] == name]
        lines += ["", f"{NAMES[name]} ({name}, version {indicator.version}): {UNITS[indicator.measure]}"]
        lines += [_line(row, indicator.measure) for row in rows] or ["  no procurement is as asked"]
    return "\n".join(lines)


def _line(row, measure):
    group = "not stated" if row["group"] is None else str(row["group"])
    number = formats.count(row["number"]) if row["base"] else CANNOT_SAY
    count = Count(row["number"] or 0, row["base"], row["procurements"])
    ratio = ratio_text(measure, count) or CANNOT_SAY
    between = "in" if measure is Measure.MEAN else "of"
    called = f"  {row['name']}" if row["name"] else ""
    return f"  {group:<14}{number:>10} {between} {formats.count(row['base']):>10}{ratio:>10}{called}"
