"""Letters as they arrive. All people, firms and cases are made up."""

SUBPOENA = """IN THE CIRCUIT COURT FOR BALTIMORE COUNTY
Eve Halpern v. Dov Halpern
Case No. C-03-FM-26-000412            Custody

SUBPOENA DUCES TECUM

TO: Ada Merrow, LCPC

YOU ARE HEREBY COMMANDED to produce the complete file of Dov Halpern, DOB 03/02/1985,
including psychotherapy notes, from January 1, 2026 through November 1, 2026, on or before
December 8, 2026.

Issued: November 18, 2026
Rex Dunleavy, Esq.
Attorney for Eve Halpern
12 Inkwell Road, Towson
"""

ACCESS = """November 20, 2026

Dear Dr. Merrow,
I would like a copy of my therapy records from January 5, 2026 to the present, by e-mail please.

Sincerely,
Dov Halpern
"""

AUDIT = """Chesapeake Health Plan, Payment Integrity
Date: 11/12/2026
Re: Claims audit, claim number CH-22817, member Dov Halpern
Please provide progress notes and billing for dates of service 03/01/2026 - 06/30/2026
within 30 days of the date of this letter.
"""

POLICE = """Baltimore Police Department
Detective Owen Tate
We need to know whether Dov Halpern was at your office on November 3, 2026.
"""

ORDER = """IN THE UNITED STATES DISTRICT COURT FOR THE DISTRICT OF MARYLAND
Civil Action No. 26-cv-01871

ORDER

Upon the motion, it is hereby ORDERED that the custodian produce billing records.

November 10, 2026
Ione Castle
Judge
"""

AMEND = """Please correct my record: the note of October 6 says that I was fired. I resigned.

Regards,
Dov Halpern
"""

PRESS = "I am a reporter with the Harbor Ledger and would like a comment on Dov Halpern."

BOARD = """State Board of Professional Counselors
Date: November 2, 2026
In the matter of Ada Merrow, complaint no. 26-118. Respond by December 1, 2026 with the
clinical notes of Dov Halpern.
"""
