from home.models.funding import FundingNotice
from home.models.home_page import HomePage
from home.models.news import NewsPage
from home.models.news_index import NewsIndexPage
from home.models.standard_page import StandardPage

__all__ = ["FundingNotice", "HomePage", "NewsIndexPage", "NewsPage", "StandardPage"]
