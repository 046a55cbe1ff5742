from home.models.funding import FundingNotice
from home.models.home_page import HomePage
from home.models.news import NewsIndexPage, NewsPage
from home.models.standard_page import StandardPage

__all__ = ["FundingNotice", "HomePage", "NewsIndexPage", "NewsPage", "StandardPage"]
