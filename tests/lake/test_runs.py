from datetime import UTC, date, datetime, timedelta

from samspel.lake.runs import FILE, Gap, Run, append, gaps, read, usual

MONDAY = date(2026, 8, 3)


def run(days, *, hour=0, source="ted", scope="NO,SE", outcome="complete"):
    at = datetime(2026, 9, 1, hour, tzinfo=UTC)
    return Run(source, at, at + timedelta(minutes=5), outcome, {"fetched": 7}, "Ærlig.", scope, days)


def weeks(numbers, start=MONDAY):
    return {start + timedelta(days=7 * n): number for n, number in enumerate(numbers) if number is not None}


def test_runs_are_read_as_they_were_appended(tmp_path):
    first, second = run({MONDAY: 3}), Run("uhm", *[datetime(2026, 9, 2, tzinfo=UTC)] * 2, "stopped", kind="load")

    append(tmp_path / "home", first)
    append(tmp_path / "home", second)

    assert read(tmp_path / "home") == (first, second)


def test_a_folder_without_runs_has_none(tmp_path):
    assert read(tmp_path) == ()


def test_a_line_that_a_killed_process_left_broken_is_skipped(tmp_path):
    append(tmp_path, run({MONDAY: 3}))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"source": "ted", "started_at": "20')

    append(tmp_path, run({MONDAY: 4}, hour=1))

    assert read(tmp_path) == (run({MONDAY: 3}), run({MONDAY: 4}, hour=1))


def test_lines_of_another_form_are_skipped(tmp_path):
    (tmp_path / FILE).write_text('[]\n{}\nnull\n{"source": 1, "days": []}\n\n')

    assert read(tmp_path) == ()


def test_usual_is_the_median_of_each_weekday_and_scope():
    found = [run(weeks([10, 30, 20])), run(weeks([5]), scope="NO"), run({MONDAY + timedelta(days=5): 0})]

    assert usual(found) == {("ted", "NO,SE", 0): 20.0, ("ted", "NO,SE", 5): 0.0, ("ted", "NO", 0): 5.0}


def test_the_latest_run_that_asked_for_a_day_counts():
    assert usual([run({MONDAY: 40}, hour=2), run({MONDAY: 10}, hour=1)]) == {("ted", "NO,SE", 0): 40.0}


def test_days_that_are_missing_or_far_below_usual_are_gaps():
    until = MONDAY + timedelta(days=30)

    assert gaps([run(weeks([20, 20, 9, None, 21]))], until) == (
        Gap("ted", "NO,SE", MONDAY + timedelta(days=14), 9, 20.0),
        Gap("ted", "NO,SE", MONDAY + timedelta(days=21), None, 20.0),
    )


def test_a_quiet_weekday_is_no_gap():
    saturday = MONDAY + timedelta(days=5)

    assert gaps([run(weeks([0, 4, None, 0], saturday))], saturday + timedelta(days=21)) == ()


def test_days_after_the_last_run_are_gaps_until_the_day_asked_about():
    assert gaps([run({MONDAY: 20})], MONDAY + timedelta(days=8)) == (
        Gap("ted", "NO,SE", MONDAY + timedelta(days=7), None, 20.0),
    )


def test_without_runs_there_are_no_gaps():
    assert gaps([], MONDAY) == ()


def test_a_load_without_days_says_nothing_about_gaps():
    assert gaps([run({}, source="files")], MONDAY) == ()
