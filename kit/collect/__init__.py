"""From files to raw text: parsing of text, dates and numbers, reading and writing of workbooks and CSV."""
