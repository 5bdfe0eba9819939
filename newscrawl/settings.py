"""The switchboard: every number with its reason; components are named, never imported."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("newscrawl")
except PackageNotFoundError:  # run from a checkout that is not installed
    VERSION = "0.1.0"

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# --- Manners -------------------------------------------------------------------------------
# Who asks. Add the address of a page that says why, e.g.
# -s NEWSCRAWL_CONTACT=https://example.org/about-our-crawl (it becomes part of this).
USER_AGENT = f"newscrawl/{VERSION} (Scrapy)"
ROBOTSTXT_OBEY = True
# One at a time is what any site bears. With more, the walk goes on in as many parts; two already
# keep a two-core site busy, four only double its latency.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 10_000  # those that wait for a host's turn count: they must not fill it
DOWNLOAD_DELAY_JITTER = 0  # DOWNLOAD_DELAY=2 means two seconds, never one
# 520 to 524 are what Cloudflare says of a server behind it.
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]
RETRY_TIMES = 4  # after pauses of 1, 2, 4 and 8 seconds
# WordPress sends JSON for its errors, too, if it is asked to.
DEFAULT_REQUEST_HEADERS = {"Accept": "application/json, text/html;q=0.9, */*;q=0.5"}
DOWNLOAD_TIMEOUT = 60  # seconds; a listing of 100 posts takes a slow site ten
COOKIES_ENABLED = False  # an anonymous reader; a session would only spoil the site's caches
METAREFRESH_ENABLED = False  # a captcha's page refreshes itself; no document does
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 0  # the fence refuses what is too long, and says so
DOWNLOAD_MAXSIZE = 128 * 1024 * 1024  # bytes, compressed or not; a hundred long posts take 5 MB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True  # a password must not go to whoever answers
# Error documents go to their reader: it knows what a 401 on a batch means.
HTTPERROR_ALLOW_ALL = True

DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.fence.FenceMiddleware": 40,  # before robots.txt of another host is read
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the fence knows more
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newscrawl.middlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.middlewares.coding.CodingMiddleware": 590,  # a site may err in what it says
    "newscrawl.middlewares.pace.PaceMiddleware": 950,  # last: who waits here leaves next
}

# --- The browser, for pages that a script makes (docs/ladder.md); nothing of it runs before one ---
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "newscrawl.browser.door.DownloadHandler")
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 4  # of a site; its pace is slower
PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT = 15_000  # ms to load a page, and again to show its article
PLAYWRIGHT_PROCESS_REQUEST_HEADERS = None  # a browser's own, but for the user agent, which is ours
PLAYWRIGHT_LAUNCH_OPTIONS = {
    "args": [
        "--disable-gpu",
        "--disable-quic",
        "--renderer-process-limit=4",
        "--js-flags=--max-old-space-size=512",  # MB of a page's objects
    ]
}

# --- What items pass through ----------------------------------------------------------------
ITEM_PIPELINES = {
    "newscrawl.pipelines.DedupePipeline": 100,  # before the work of normalizing
    "newscrawl.pipelines.NormalizePipeline": 200,
    "newscrawl.store.door.StorePipeline": 800,  # only with -a store=…
    "newscrawl.pipelines.LedgerPipeline": 900,  # last: it counts what is written
}
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {
    "jsonl": "newscrawl.exporters.OrjsonLinesItemExporter",
    "jsonlines": "newscrawl.exporters.OrjsonLinesItemExporter",
    "json": "newscrawl.exporters.OrjsonItemExporter",
    "csv": "newscrawl.exporters.FlatCsvItemExporter",
    "spreadsheet": "newscrawl.exporters.SpreadsheetItemExporter",
    "xml": "newscrawl.exporters.NullableXmlItemExporter",
}
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "newscrawl.extensions.feeds.CarefulFeedExporter": 0,
    "scrapy.extensions.logstats.LogStats": None,  # counts pages and items; ours counts posts
    "newscrawl.extensions.progress.ProgressExtension": 0,
    "newscrawl.extensions.ledger.LedgerExtension": 10,
    "newscrawl.extensions.sitemaps.SitemapsExtension": 0,
    "newscrawl.extensions.collector.CollectorExtension": 0,
    "newscrawl.extensions.terse.TerseExtension": 0,
}

# --- Speed, by supported settings (CPU of a response of 100 posts: 23.8 ms stock, 10.3 so) ---
ASYNCIO_EVENT_LOOP = "uvloop.Loop"
LOG_FORMATTER = "newscrawl.logformatter.QuietLogFormatter"
CONCURRENT_ITEMS = 8  # tasks at a time; the pipelines never wait, so more only costs switching
LOG_LEVEL = "INFO"

# --- Ours, each documented in docs/settings.md ------------------------------------------------
NEWSCRAWL_LEDGER = None  # path; None: beside the first feed
NEWSCRAWL_CONTACT = None  # address of a page, or of a person, for who runs the site
NEWSCRAWL_RETRY_BUDGET = 50  # retries a site may cost, beside a fifth of its requests
NEWSCRAWL_PAUSE = 1.0  # seconds; the first after a sign of strain, doubled by each in a row
NEWSCRAWL_PATIENCE = 900  # seconds; a host that is down for longer is given up; 0: never
NEWSCRAWL_LONGEST_WAIT = 3600  # seconds; a host that asks for a longer pause is given up; 0: never
NEWSCRAWL_MOST_DOCUMENTS = 200_000  # of a site: 20 million posts; 0: no bound
NEWSCRAWL_EXCERPTS = False  # ask for excerpts: a fifth more of the site's CPU (docs/choices.md)
NEWSCRAWL_FURNITURE = True  # leave blocks that most posts repeat out of text and Markdown
NEWSCRAWL_SITEMAPS = 2_500  # posts of a type; listing fewer takes less than 25 requests; 0: never
NEWSCRAWL_BROWSER_MEMORY = 1_024  # MiB that a page may take in the browser; 0: no bound
NEWSCRAWL_BROWSER = None  # path of a Chromium; None: that of `playwright install chromium`
NEWSCRAWL_PROGRESS_INTERVAL = 0.5  # seconds between frames of the progress bar; 0: no bar
NEWSCRAWL_GC_THRESHOLD = 50_000  # objects between collections; 0: Python's own

# --- Off: they open local ports that run Python -----------------------------------------------
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
