"""The practice: staff, clients, charts and who holds them, care relationships, the calendar.

    chart_id = actions.admit(presence, directory, [sheet], [Carer(person, Capacity.TREATING)])
    head = queries.chart_head(presence, chart_id)

`rules` is pure; `queries` read and give frozen values; `actions` write; `importing` writes many.
"""
