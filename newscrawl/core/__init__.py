"""The ground floor: pure functions and the state of one site. No Scrapy, no I/O, no clock."""
