"""Secure messages between a client, or who stands for her, and those who care for her.

One thread for each who writes: the client's own, and one for each proxy, apart from it. Every word
lies in the chart's ring; each look and each message has its entry in the log; what waits for an
answer stands on Today for whoever treats or covers, so it goes with the chart to whoever has it
(docs/decisions/0041).

    actions.write(client, chart, "Could we begin at four?")
    (line,) = queries.threads_of(ada, chart)
    actions.answer(ada, line.id, "Yes, at four.", seen=1)
"""
