"""Forms made from the law: limits of confidentiality, notice, video, groups. Pure.

`making.make` draws a form for a place, a profession and kinds of work; `voice` puts it in the
practice's words; `understanding` asks whether it was understood; `changes` says why a new
signature is due; `grade` measures how hard it is to read. Words stand in the modules `words_*`.
"""
