from offices.models.advisor import Advisor
from offices.models.district import District, Postcode
from offices.models.office import Office, OpeningHours
from offices.models.office_day import OfficeDay
from offices.models.pages import OfficeIndexPage, OfficePage

__all__ = [
    "Advisor",
    "District",
    "Office",
    "OfficeDay",
    "OfficeIndexPage",
    "OfficePage",
    "OpeningHours",
    "Postcode",
]
