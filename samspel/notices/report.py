"""A load's report in words."""


def report_text(report):
    """Return the report as a person reads it on the command line."""
    lines = [
        f"Read       {report.read:>9,}",
        f"New        {report.new:>9,}",
        f"Changed    {report.changed:>9,}",
        f"Unchanged  {report.unchanged:>9,}",
        f"Set aside  {report.set_aside:>9,}  (well formed, but no procurement)",
        f"Unreadable {report.unreadable_total:>9,}",
    ]
    lines += [f"  {item['file']}: {item['why']}" for item in report.unreadable[:20]]
    if report.unreadable_total > 20:
        lines.append(f"  … and {report.unreadable_total - 20:,} more; --json lists them.")
    if report.unknown_codes:
        codes = ", ".join(f"{code} ({count})" for code, count in report.unknown_codes.most_common(10))
        lines.append(f"Codes the hub does not know, kept as they stand: {codes}")
    if report.ignored:
        lines.append(f"{report.ignored:,} files that are no notices were passed over.")
    return "\n".join(lines)


def unreadable_text(report):
    """Return what the exit code 3 means."""
    return f"{report.unreadable_total:,} could not be read; the others are loaded."
