"""A stored number is shown as its number format says."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.readers.number_format import general, show, show_text, stored_value

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("0.818", "0.00%", "81.80%"),
        ("0.81799999999999995", "0.00%", "81.80%"),
        ("0.8", "0%", "80%"),
        ("0.9635", "0.0%", "96.4%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234567.891", "#,##0", "1,234,568"),
        ("1.005", "0.00", "1.01"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("0.30000000000000004", "General", "0.3"),
        ("8465.440000000001", "General", "8465.44"),
        ("100", "General", "100"),
        ("1E-3", "General", "0.001"),
        ("1e20", "General", "100000000000000000000"),
        ("12.5", '0.00"万元"', "12.50万元"),
        ("12.5", "0.00_ ", "12.50"),
        ("12.5", "0.00_);[Red]\\(0.00\\)", "12.50"),
        ("-12.5", "0.00_);[Red]\\(0.00\\)", "(12.50)"),
        ("-12.5", "0.00;[Red]0.00", "-12.50"),
        ("-12.5", "0.00_ ;[Red]-0.00\\ ", "-12.50"),
        ("1234.5", ACCOUNTING, "1,234.50"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("0", ACCOUNTING, "-"),
        ("0", "0;-0;;@", ""),
        ("5", "0;-0;;@", "5"),
        ("3", "@", "3"),
        ("5", "000", "005"),
        ("1234567", '#,##0,"千"', "1,235千"),
        ("12345", '0\\.0,"万"', "1.2万"),
        ("1", "0.##", "1"),
        ("1.25", "0.##", "1.25"),
        ("0.5", "#.00", "0.50"),
        ("0", "#", ""),
        ("99", "[>=100]0;0.0", "99.0"),
        ("123456789", "0.00E+00", "1.23E+08"),
        ("1234", "[$¥-804]#,##0.00", "¥1,234.00"),
        ("81.8", "0.00\\%", "81.80%"),
    ],
)
def test_numbers_are_shown_as_their_format_says(stored: str, code: str, text: str) -> None:
    shown = show(stored, code)

    assert (shown.text, shown.note) == (text, "")
    assert shown.value == Decimal(f"{float(stored):.15g}")


@pytest.mark.parametrize(
    ("stored", "code", "text", "value"),
    [
        ("45077", "yyyy-mm-dd", "2023-05-31", date(2023, 5, 31)),
        ("45077", "yyyy/m/d;@", "2023/5/31", date(2023, 5, 31)),
        ("45077", 'yyyy"年"m"月"d"日";@', "2023年5月31日", date(2023, 5, 31)),
        ("45077", '[$-804]yyyy"年"m"月"', "2023年5月", date(2023, 5, 31)),
        ("45077.5", "yyyy-mm-dd hh:mm:ss", "2023-05-31 12:00:00", datetime.fromisoformat("2023-05-31T12:00")),
        ("1", "yyyy-mm-dd", "1900-01-01", date(1900, 1, 1)),
    ],
)
def test_serial_numbers_of_days_are_shown_as_dates(stored: str, code: str, text: str, value: date) -> None:
    shown = show(stored, code)

    assert (shown.text, shown.value, shown.note) == (text, value, "")


def test_days_counted_from_1904_are_four_years_later() -> None:
    assert show("43615", "yyyy-mm-dd", 1904).text == "2023-05-31"


@pytest.mark.parametrize("code", ["# ?/?", "[DBNum2]General", "[h]:mm", ";;;", "h:mm AM/PM"])
def test_a_format_that_cannot_be_rendered_gives_the_general_text_and_says_so(code: str) -> None:
    shown = show("0.125", code)

    assert shown.text == "0.125"
    assert code in shown.note


def test_a_number_too_large_for_a_date_is_not_a_date() -> None:
    shown = show("99999999", "yyyy-mm-dd")

    assert (shown.text, shown.value) == ("99999999", Decimal(99999999))
    assert shown.note


@pytest.mark.parametrize(("text", "code", "shown"), [("甲", "@", "甲"), ("甲", '0;0;0;"乙"@', "乙甲"), ("甲", "0.00", "甲")])
def test_text_stays_unless_its_format_adds_to_it(text: str, code: str, shown: str) -> None:
    assert show_text(text, code) == shown


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_fixed_decimals_are_the_value_rounded_half_up(value: Decimal, places: int) -> None:
    code = "0" + ("." + "0" * places if places else "")
    shown = Decimal(show(str(value), code).text)

    assert abs(shown - value) <= Decimal(5).scaleb(-places - 1)
    assert -(shown.as_tuple().exponent or 0) == places  # type: ignore[operator]


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_percentage_shows_the_hundredfold(value: Decimal) -> None:
    assert Decimal(show(str(value), "0.00%").text.rstrip("%")) == value * 100


@given(st.floats(allow_nan=False, allow_infinity=False).map(repr).map(stored_value))
def test_general_text_means_the_same_number(value: Decimal) -> None:
    assert Decimal(general(value)) == value


@given(
    st.floats(allow_nan=False, allow_infinity=False), st.text(alphabet='0#?.,%;@"\\_*[]Ee+-ymdhs/ 年<>=1Redgnral', max_size=30)
)
def test_any_number_in_any_format_is_shown_somehow(number: float, code: str) -> None:
    assert isinstance(show(repr(number), code).text, str)
