from home.models.accessibility_page import AccessibilityPage
from home.models.contact_page import ContactPage
from home.models.course_alert import ANY_DAY, AlertSubscriber, CourseAlert, OpenStart
from home.models.course_demand import SEE_DEMAND, CourseDemand, UnmetWord
from home.models.downloads_page import DownloadsPage
from home.models.event import EventDate, EventPage
from home.models.event_index import EventIndexPage
from home.models.faq_page import FaqPage
from home.models.footer_page import FooterPage
from home.models.funding import FundingNotice
from home.models.glossary_page import GlossaryPage
from home.models.home_page import HomePage
from home.models.imported_news import ImportedNews
from home.models.links import LinkOnPage, OutsideLink
from home.models.message_page import MessagePage
from home.models.news import NewsPage
from home.models.news_index import NewsIndexPage
from home.models.office_editors import OfficeEditors
from home.models.partners_page import PartnersPage
from home.models.press_page import PressPage
from home.models.sent_form import SentForm
from home.models.standard_page import StandardPage
from home.models.topic_page import TopicPage

__all__ = [
    "ANY_DAY",
    "SEE_DEMAND",
    "AccessibilityPage",
    "AlertSubscriber",
    "ContactPage",
    "CourseAlert",
    "CourseDemand",
    "DownloadsPage",
    "EventDate",
    "EventIndexPage",
    "EventPage",
    "FaqPage",
    "FooterPage",
    "FundingNotice",
    "GlossaryPage",
    "HomePage",
    "ImportedNews",
    "LinkOnPage",
    "MessagePage",
    "NewsIndexPage",
    "NewsPage",
    "OfficeEditors",
    "OpenStart",
    "OutsideLink",
    "PartnersPage",
    "PressPage",
    "SentForm",
    "StandardPage",
    "TopicPage",
    "UnmetWord",
]
