import json
from tests.web import Visitor, serve
from tests.cast import NOON
from stillroom.chart import actions as chart
def test_sur(cast):
    serve(cast)
    d=chart.begin(cast.here("ada"), cast.dov, "progress_note", occurred_at=NOON)
    v=Visitor(cast,"ada")
    b=json.dumps({"version":1,"fields":{"Data":"half \ud800","Assessment":"","Plan":""}})
    r=v.post(f"/records/{d}/draft", b, content_type="application/json")
    print(r.status_code, r.content[:300])
    r=v.post(f"/matters/x/answer", {"fact":"client_age","value":"²"}); print(r.status_code)
    r=v.post(f"/clients/{cast.dov}/matters/new", {"asker":"a","asker_kind":"attorney","instrument":"letter"}); m=r.headers["Location"]
    r=v.post(m+"/answer", {"fact":"client_age","value":"²"}); print(r.status_code, r.content[-400:])
    r=v.post(m+"/answer", {"fact":"client_age","value":"1"*400}); print(r.status_code, r.content[-400:])
    r=v.get(m); print(r.status_code)
    for k in ("asker_kind","instrument","purpose","proceeding","signed_by"):
        d={"asker":"a","asker_kind":"attorney","instrument":"letter"}; d[k]="zzz"
        r=v.post(f"/clients/{cast.dov}/matters/new", d); print(k, r.status_code, r.headers.get("Location"))
        if r.status_code==302: print(v.get(r.headers["Location"]).status_code)
    for k in ("recipient_kind","purpose"):
        d={"recipient":"a","recipient_kind":"attorney","purpose":"treatment","keep_anyway":"yes"}; d[k]="zzz"
        r=v.post(f"/clients/{cast.dov}/authorizations/new", d); print(k, r.status_code, r.headers.get("Location"))
        if r.status_code==302: print(v.get(f"/clients/{cast.dov}").status_code, v.get(m).status_code)
    assert 0
