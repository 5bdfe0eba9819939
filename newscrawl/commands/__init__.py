"""The commands of the project; one that bears the name of Scrapy's own replaces it."""
