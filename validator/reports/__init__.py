"""The report in each of its forms. A renderer takes a report and gives text; none knows a rule, none reads a document."""
