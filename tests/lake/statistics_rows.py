"""Rows of the Swedish statistics for tests, and the files they stand in."""

import csv
import io

from samspel.lake import uhm
from samspel.lake.notice import Unreadable

# Every name and number here is invented.
BRIDGE = {
    "År": "2031",
    "Namn för köpare": "ÅBY KOMMUN",
    "Organisationsnummer för köpare": "212000-9999",
    "Delsektor för köpare": "Kommun",
    "Juridisk form för köpare": "Kommuner",
    "Upphandlingsslag": "Byggentreprenader",
    "Huvudsaklig CPV-kod": "45221100 Bro",
    "Rättslig grund": "Direktiv 2014/24/EU",
    "Förfarande": "Konkurrenspräglad dialog",
    "Typ av avtal": "Kontrakt",
    "Samordnad upphandling": "True",
    "Miljömässigt hållbar upphandling": "",
    "Socialt hållbar upphandling": "true",
    "Innovationsupphandling": "True",
    "Upphandlings-ID": "MT1",
    "Upphandlingens titel": "Gångbro, ”Sjöbron”",
    "Publiceringsdatum": "2031-02-03",
}
SCHOOL = {
    **BRIDGE,
    "Upphandlings-ID": "SE2",
    "Upphandlingens titel": "Skolmat",
    "Upphandlingsslag": "Varor",
    "Huvudsaklig CPV-kod": "00000000 Uppgift saknas",
    "Förfarande": "Förenklat förfarande",
    "Typ av avtal": "Ramavtal",
    "Samordnad upphandling": "False",
    "Socialt hållbar upphandling": "",
    "Innovationsupphandling": "",
    "Publiceringsdatum": "2031-01-02",
}


def supplier(name, lot, size="", form="", **procurement):
    return {
        **BRIDGE,
        **procurement,
        "Anbudsområdes-ID": lot,
        "Namn för leverantör": name,
        "Företagsstorlek för leverantör": size,
        "Juridisk form för leverantör": form,
    }


def value(amount, **procurement):
    return {**BRIDGE, **procurement, "Kontrakterat värde, Summa": amount}


def tenders(lot, number, **procurement):
    return {**BRIDGE, **procurement, "Anbudsområdes-ID": lot, "Antal anbud, Summa": number}


def procurement(**facts):
    return {**BRIDGE, **facts, "Antal upphandlingar, Summa": "1"}


SUPPLIERS = [
    supplier("Silta Oy", "CAN-2", form="Utländska juridiska personer"),
    supplier("Brobyggarna AB", "CAN-2", "Små företag", "Övriga aktiebolag"),
    supplier("Brobyggarna AB", "CAN-1", "Små företag", "Övriga aktiebolag"),
    supplier("Personuppgift", "CAN-2"),
]
TABLES = {
    "procurements": [procurement(), procurement(**SCHOOL)],
    "suppliers": SUPPLIERS,
    "values": [value("1250000")],
    "tenders": [tenders("CAN-1", "3"), tenders("CAN-2", "4"), tenders("CAN-3", "")],
}


def write_table(folder, name, rows, *, encoding="utf-8", delimiter=",", columns=None, extra=""):
    """Write a table as the authority does, or as a spreadsheet would, and return the file."""
    path = folder / f"{name}.csv"
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or rows[0].keys(), delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes((text.getvalue() + extra).encode(encoding))
    return path


def read(*paths):
    """Return the notices in these files, and as text what could not be read."""
    return [str(item) if isinstance(item, Unreadable) else item for item in uhm.notices(paths)]
