from foundation.models.documents import SiteDocument
from foundation.models.images import CreditedImage, Rendition
from foundation.models.outgoing_mail import OutgoingMail
from foundation.models.pages import BasePage
from foundation.models.recurring_hours import RecurringHours
from foundation.models.settings import BrandSettings, RetentionSettings, SiteSettings
from foundation.models.user import User

__all__ = [
    "BasePage",
    "BrandSettings",
    "CreditedImage",
    "OutgoingMail",
    "RecurringHours",
    "Rendition",
    "RetentionSettings",
    "SiteDocument",
    "SiteSettings",
    "User",
]
