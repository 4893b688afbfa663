-- A tenant's registry.sqlite as the first released schema (commit 9a30ca9) made it and its patrond filled it over the
-- socket; a `.dump`. Not to be edited: whatever comes later must open it.
BEGIN TRANSACTION;
CREATE TABLE consent (
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('newsletter', 'sms', 'phone', 'post')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'subscribed', 'unsubscribed', 'bounced')),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (customer_id, purpose)
) STRICT, WITHOUT ROWID;
INSERT INTO "consent" VALUES(1,'newsletter','subscribed',1795337519);
INSERT INTO "consent" VALUES(3,'newsletter','unsubscribed',1795337519);
CREATE TABLE consent_evidence (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    purpose TEXT NOT NULL,
    status TEXT NOT NULL,
    wording TEXT,
    channel TEXT,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    order_id INTEGER REFERENCES customer_order (id)
) STRICT;
INSERT INTO "consent_evidence" VALUES(1,1,'newsletter','subscribed','v1',NULL,'staff:lena',1795337519,NULL);
INSERT INTO "consent_evidence" VALUES(2,3,'newsletter','unsubscribed',NULL,NULL,'staff:lena',1795337519,NULL);
CREATE TABLE coupon (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    code_key TEXT NOT NULL,
    percent_millionths INTEGER CHECK (percent_millionths BETWEEN 1 AND 1000000),
    amount_minor INTEGER CHECK (amount_minor > 0),
    item_sku TEXT,
    currency TEXT NOT NULL,
    minimum_minor INTEGER CHECK (minimum_minor >= 0),
    starts_at INTEGER,
    ends_at INTEGER,
    use_limit INTEGER CHECK (use_limit > 0),
    customer_limit INTEGER CHECK (customer_limit > 0),
    budget_minor INTEGER CHECK (budget_minor > 0),
    channels TEXT NOT NULL,
    customer_id INTEGER REFERENCES customer (id),
    first_order INTEGER NOT NULL CHECK (first_order IN (0, 1)),
    used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0 AND (use_limit IS NULL OR used <= use_limit)),
    spent_minor INTEGER NOT NULL DEFAULT 0
        CHECK (spent_minor >= 0 AND (budget_minor IS NULL OR spent_minor <= budget_minor)),
    created_at INTEGER NOT NULL,
    CHECK ((percent_millionths IS NOT NULL) + (amount_minor IS NOT NULL) + (item_sku IS NOT NULL) = 1)
) STRICT;
INSERT INTO "coupon" VALUES(1,'Ten','TEN',100000,NULL,NULL,'EUR',NULL,NULL,NULL,5,NULL,NULL,'pos',NULL,0,1,150,1795337519);
INSERT INTO "coupon" VALUES(2,'Own','OWN',NULL,500,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,'',2,0,0,0,1795337519);
CREATE TABLE coupon_redemption (
    id INTEGER PRIMARY KEY,
    coupon_id INTEGER NOT NULL REFERENCES coupon (id),
    customer_id INTEGER REFERENCES customer (id),
    order_id INTEGER NOT NULL REFERENCES customer_order (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    redeemed_at INTEGER NOT NULL,
    released_at INTEGER
) STRICT;
INSERT INTO "coupon_redemption" VALUES(1,1,1,1,150,1795337519,NULL);
CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    rev INTEGER NOT NULL CHECK (rev > 0),
    name TEXT,
    first_name TEXT,
    last_name TEXT,
    name_key TEXT NOT NULL,
    email TEXT,
    email_key TEXT,
    email_seat INTEGER NOT NULL DEFAULT 0,
    phone TEXT,
    phone_key TEXT,
    country TEXT,
    language TEXT,
    company TEXT,
    vat_id TEXT,
    tax_exempt INTEGER NOT NULL DEFAULT 0 CHECK (tax_exempt IN (0, 1)),
    birthday TEXT,
    custom TEXT NOT NULL DEFAULT '{}',
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled', 'denied', 'erased')),
    deny_reason TEXT,
    account TEXT NOT NULL CHECK (account IN ('none', 'invited', 'unconfirmed', 'active')),
    source TEXT NOT NULL,
    is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
    joined_at INTEGER NOT NULL,
    order_count INTEGER NOT NULL DEFAULT 0 CHECK (order_count >= 0),
    last_order_at INTEGER NOT NULL DEFAULT 0,
    CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;
INSERT INTO "customer" VALUES(1,1,3,'Ann Öz',NULL,NULL,'ann oz','Ann@Example.org','ann@example.org',0,'030123456','+4930123456','DE',NULL,'Acme',NULL,0,NULL,'{}','active',NULL,'none','staff',0,1795337519,2,1795337519);
INSERT INTO "customer" VALUES(2,2,2,'Işık Kaya',NULL,NULL,'isik kaya','isik@example.org','isik@example.org',0,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'{}','active',NULL,'none','staff',0,1795337519,0,0);
INSERT INTO "customer" VALUES(3,3,2,'Bo Li',NULL,NULL,'bo li','new@example.org','new@example.org',0,'+4930999888','+4930999888',NULL,NULL,NULL,NULL,0,NULL,'{}','denied','fraud','none','online-shop',0,1795337519,1,1795337519);
INSERT INTO "customer" VALUES(4,4,1,NULL,NULL,NULL,'test@example.org','test@example.org','test@example.org',0,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'{}','active',NULL,'none','manual',1,1795337519,1,1795337519);
CREATE TABLE customer_channel (
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    channel TEXT NOT NULL,
    PRIMARY KEY (customer_id, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO "customer_channel" VALUES(1,'booking');
INSERT INTO "customer_channel" VALUES(4,'manual');
INSERT INTO "customer_channel" VALUES(2,'online-shop');
INSERT INTO "customer_channel" VALUES(3,'online-shop');
INSERT INTO "customer_channel" VALUES(1,'pos');
CREATE TABLE customer_ext (
    channel TEXT NOT NULL,
    ext TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    PRIMARY KEY (ext, channel)
) STRICT, WITHOUT ROWID;
INSERT INTO "customer_ext" VALUES('online-shop','c7',3);
CREATE TABLE customer_order (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL DEFAULT 1 CHECK (rev > 0),
    channel TEXT NOT NULL,
    ext TEXT NOT NULL,
    customer_id INTEGER REFERENCES customer (id),
    match TEXT NOT NULL CHECK (match IN ('given', 'email', 'phone', 'external-id', 'created', 'none')),
    kind TEXT NOT NULL CHECK (kind IN ('order', 'return')),
    state TEXT NOT NULL
        CHECK (state IN ('open', 'confirmed', 'completed', 'cancelled', 'refunded', 'expired')),
    channel_state TEXT,
    placed_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    currency TEXT NOT NULL,
    subtotal_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL CHECK (discount_minor >= 0),
    tax_minor INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    paid_minor INTEGER NOT NULL,
    refunded_minor INTEGER NOT NULL DEFAULT 0,
    coupon TEXT,
    buyer TEXT NOT NULL,
    details TEXT NOT NULL,
    is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
    content_digest BLOB NOT NULL,
    registered_seq INTEGER NOT NULL
) STRICT;
INSERT INTO "customer_order" VALUES(1,2,'pos','till-7:1',1,'email','order','completed','paid',1795337519,1795337519,'EUR',1500,150,215,1350,1350,0,'Ten','{"email":"ann@example.org","name":"Ann Öz"}','{"business_day":"2026-11-22","receipt":"1","register":"7"}',0,X'A58B58A90803DD1E9C89532268DC12BE440F5CEEA05D6DFEFC013D8338505B3A',5);
INSERT INTO "customer_order" VALUES(2,1,'online-shop','w1',3,'created','order','open','pending',1795337519,1795337519,'EUR',2000,0,0,2000,0,0,NULL,'{"email":"new@example.org","ext":"c7","name":"Bo Li","phone":"+4930999888"}','{}',0,X'D591E16102F6229872D89194CCA65F34D44E22539B1A9FC5D607B551441DC745',8);
INSERT INTO "customer_order" VALUES(3,2,'online-shop','w2',2,'given','order','cancelled','cancelled',1795337519,1795337519,'JPY',100,0,0,100,0,0,NULL,'{"email":"isik@example.org","name":"Işık Kaya"}','{}',0,X'FCFBA69FA4BEF636EB153E88815C0D6680097CED73EF61A1A5536D24A8C352DF',9);
INSERT INTO "customer_order" VALUES(4,1,'booking','b1',1,'given','order','open','requested',1795337519,1795337519,'EUR',3000,0,0,3000,0,0,NULL,'{"email":"Ann@Example.org","name":"Ann Öz","phone":"030123456","company":"Acme","country":"DE"}','{"end":"2026-12-01T20:00:00","end_at":"2026-12-01T19:00:00Z","service":"Tasting","start":"2026-12-01T18:00:00","start_at":"2026-12-01T17:00:00Z","time_zone":"Europe/Berlin"}',0,X'1811EE9B8BD1B5758612D90FEA2E2339F3E2A321E31107FEE971EFA300E063BD',10);
INSERT INTO "customer_order" VALUES(5,1,'manual','m1',4,'created','order','open','open',1795337519,1795337519,'EUR',100,0,0,100,0,0,NULL,'{"email":"test@example.org"}','{"source":"phone","staff":"lena"}',1,X'D285D383D85C9FDFA556261A7C4674E2F1DAE78E772DDCBCFFD414E36747D386',12);
CREATE TABLE customer_tag (
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (customer_id, tag_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "customer_tag" VALUES(1,1);
INSERT INTO "customer_tag" VALUES(2,1);
INSERT INTO "customer_tag" VALUES(1,2);
CREATE TABLE customer_total (
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    currency TEXT NOT NULL,
    net_minor INTEGER NOT NULL,
    PRIMARY KEY (customer_id, currency)
) STRICT, WITHOUT ROWID;
INSERT INTO "customer_total" VALUES(2,'EUR',0);
INSERT INTO "customer_total" VALUES(4,'EUR',100);
INSERT INTO "customer_total" VALUES(3,'EUR',2000);
INSERT INTO "customer_total" VALUES(1,'EUR',4350);
INSERT INTO "customer_total" VALUES(2,'JPY',0);
CREATE TABLE migration (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "migration" VALUES(1,'customers 1: registry');
INSERT INTO "migration" VALUES(2,'orders 1: orders and lines');
INSERT INTO "migration" VALUES(3,'timeline 1: numbered entries');
INSERT INTO "migration" VALUES(4,'consent 1: states and evidence');
INSERT INTO "migration" VALUES(5,'coupons 1: coupons and ledger');
INSERT INTO "migration" VALUES(6,'tags 1: tags of customers');
INSERT INTO "migration" VALUES(7,'notes 1: notes of staff');
INSERT INTO "migration" VALUES(8,'search 1: terms');
INSERT INTO "migration" VALUES(9,'tokens 1: access');
INSERT INTO "migration" VALUES(10,'replays 1: answers by key');
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "note" VALUES(1,1,'staff:lena',1795337519,'likes tea');
CREATE TABLE order_line (
    order_id INTEGER NOT NULL REFERENCES customer_order (id),
    position INTEGER NOT NULL,
    sku TEXT,
    name TEXT,
    quantity_micros INTEGER NOT NULL,
    unit_price_micros INTEGER NOT NULL,
    tax_rate_millionths INTEGER,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "order_line" VALUES(1,1,'MUG','Mug',2000000,7500000,190000);
CREATE TABLE replay (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request_digest BLOB NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "replay" VALUES('operator staff:lena','k1',X'8C8DB042E3578486F0687F58E865085C43531F5663489ACD2069F4D9D6ABB8B9','{"id":1,"number":1,"rev":3,"name":"Ann Öz","first_name":null,"last_name":null,"email":"Ann@Example.org","phone":"030123456","phone_e164":"+4930123456","country":"DE","language":null,"company":"Acme","vat_id":null,"tax_exempt":false,"birthday":null,"status":"active","deny_reason":null,"account":"none","tags":["New","VIP"],"groups":[],"subscribed":true,"channels":["booking","pos"],"orders":2,"totals":{"EUR":"43.50"},"consent":{"newsletter":"subscribed"},"last_order_at":"2026-11-22T08:51:59Z","joined_at":"2026-11-22T08:51:59Z","source":"staff","test":false,"custom":{},"addresses":[]}',1795337519);
CREATE TABLE search_term (
    term TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    PRIMARY KEY (term, customer_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "search_term" VALUES('030123456',1);
INSERT INTO "search_term" VALUES('1',1);
INSERT INTO "search_term" VALUES('2',2);
INSERT INTO "search_term" VALUES('3',3);
INSERT INTO "search_term" VALUES('4',4);
INSERT INTO "search_term" VALUES('4930123456',1);
INSERT INTO "search_term" VALUES('4930999888',3);
INSERT INTO "search_term" VALUES('acme',1);
INSERT INTO "search_term" VALUES('ann',1);
INSERT INTO "search_term" VALUES('ann@example.org',1);
INSERT INTO "search_term" VALUES('bo',3);
INSERT INTO "search_term" VALUES('example',1);
INSERT INTO "search_term" VALUES('example',2);
INSERT INTO "search_term" VALUES('example',3);
INSERT INTO "search_term" VALUES('example',4);
INSERT INTO "search_term" VALUES('isik',2);
INSERT INTO "search_term" VALUES('isik@example.org',2);
INSERT INTO "search_term" VALUES('kaya',2);
INSERT INTO "search_term" VALUES('li',3);
INSERT INTO "search_term" VALUES('new',1);
INSERT INTO "search_term" VALUES('new',3);
INSERT INTO "search_term" VALUES('new@example.org',3);
INSERT INTO "search_term" VALUES('oez',1);
INSERT INTO "search_term" VALUES('org',1);
INSERT INTO "search_term" VALUES('org',2);
INSERT INTO "search_term" VALUES('org',3);
INSERT INTO "search_term" VALUES('org',4);
INSERT INTO "search_term" VALUES('oz',1);
INSERT INTO "search_term" VALUES('test',4);
INSERT INTO "search_term" VALUES('test@example.org',4);
INSERT INTO "search_term" VALUES('vip',1);
INSERT INTO "search_term" VALUES('vip',2);
CREATE TABLE sequence (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "sequence" VALUES('customer',4);
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL
) STRICT;
INSERT INTO "tag" VALUES(1,'VIP','vip');
INSERT INTO "tag" VALUES(2,'New','new');
CREATE TABLE timeline (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    topic TEXT NOT NULL,
    actor TEXT NOT NULL,
    customer_id INTEGER REFERENCES customer (id),
    order_id INTEGER REFERENCES customer_order (id),
    data TEXT NOT NULL
) STRICT;
INSERT INTO "timeline" VALUES(1,1795337519,'customer.created','staff:lena',1,NULL,'{"source":"staff"}');
INSERT INTO "timeline" VALUES(2,1795337519,'customer.created','staff:lena',2,NULL,'{"source":"staff"}');
INSERT INTO "timeline" VALUES(3,1795337519,'coupon.created','staff:lena',NULL,NULL,'{"code":"Ten"}');
INSERT INTO "timeline" VALUES(4,1795337519,'coupon.created','staff:lena',2,NULL,'{"code":"Own"}');
INSERT INTO "timeline" VALUES(5,1795337519,'order.registered','staff:lena',1,1,'{"channel":"pos","total":"13.50","currency":"EUR","state":"completed"}');
INSERT INTO "timeline" VALUES(6,1795337519,'coupon.redeemed','staff:lena',1,1,'{"code":"Ten","amount":"1.50","currency":"EUR"}');
INSERT INTO "timeline" VALUES(7,1795337519,'customer.created','staff:lena',3,NULL,'{"source":"online-shop"}');
INSERT INTO "timeline" VALUES(8,1795337519,'order.registered','staff:lena',3,2,'{"channel":"online-shop","total":"20.00","currency":"EUR","state":"open"}');
INSERT INTO "timeline" VALUES(9,1795337519,'order.registered','staff:lena',2,3,'{"channel":"online-shop","total":"100","currency":"JPY","state":"open"}');
INSERT INTO "timeline" VALUES(10,1795337519,'order.registered','staff:lena',1,4,'{"channel":"booking","total":"30.00","currency":"EUR","state":"open"}');
INSERT INTO "timeline" VALUES(11,1795337519,'customer.created','staff:lena',4,NULL,'{"source":"manual"}');
INSERT INTO "timeline" VALUES(12,1795337519,'order.registered','staff:lena',4,5,'{"channel":"manual","total":"1.00","currency":"EUR","state":"open"}');
INSERT INTO "timeline" VALUES(13,1795337519,'order.cancelled','staff:lena',2,3,'{"from":"open","state":"cancelled","channel_state":"cancelled"}');
INSERT INTO "timeline" VALUES(14,1795337519,'order.updated','staff:lena',1,1,'{"from":"completed","state":"completed"}');
INSERT INTO "timeline" VALUES(15,1795337519,'tag.assigned','staff:lena',1,NULL,'{"tag":"VIP"}');
INSERT INTO "timeline" VALUES(16,1795337519,'tag.assigned','staff:lena',2,NULL,'{"tag":"vip"}');
INSERT INTO "timeline" VALUES(17,1795337519,'note.added','staff:lena',1,NULL,'{"note":1}');
INSERT INTO "timeline" VALUES(18,1795337519,'consent.subscribed','staff:lena',1,NULL,'{"purpose":"newsletter","wording":"v1","channel":null}');
INSERT INTO "timeline" VALUES(19,1795337519,'consent.unsubscribed','staff:lena',3,NULL,'{"purpose":"newsletter","wording":null,"channel":null}');
INSERT INTO "timeline" VALUES(20,1795337519,'customer.denied','staff:lena',3,NULL,'{}');
INSERT INTO "timeline" VALUES(21,1795337519,'tag.assigned','staff:lena',1,NULL,'{"tag":"New"}');
CREATE TABLE token (
    selector TEXT PRIMARY KEY,
    verifier_digest BLOB NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('staff', 'channel', 'portal', 'reader')),
    channel TEXT,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    CHECK ((role = 'channel') = (channel IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX customer_by_number ON customer (number);
CREATE UNIQUE INDEX customer_by_email ON customer (email_key, email_seat);
CREATE INDEX customer_by_phone ON customer (phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX customer_by_name ON customer (name_key, id);
CREATE INDEX customer_by_joined ON customer (joined_at, id);
CREATE INDEX customer_by_orders ON customer (order_count, id);
CREATE INDEX customer_by_last_order ON customer (last_order_at, id);
CREATE INDEX customer_by_status ON customer (status) WHERE status <> 'active';
CREATE INDEX customer_total_by_net ON customer_total (currency, net_minor, customer_id);
CREATE INDEX customer_channel_by_channel ON customer_channel (channel, customer_id);
CREATE INDEX customer_ext_by_customer ON customer_ext (customer_id);
CREATE UNIQUE INDEX customer_order_by_ext ON customer_order (ext, channel);
CREATE INDEX customer_order_by_customer ON customer_order (customer_id, placed_at, id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX customer_order_by_time ON customer_order (placed_at, id);
CREATE INDEX order_line_by_sku ON order_line (sku) WHERE sku IS NOT NULL;
CREATE INDEX timeline_by_customer ON timeline (customer_id, seq) WHERE customer_id IS NOT NULL;
CREATE INDEX consent_by_status ON consent (purpose, status, customer_id);
CREATE INDEX consent_evidence_by_customer ON consent_evidence (customer_id, id);
CREATE UNIQUE INDEX coupon_by_code ON coupon (code_key);
CREATE INDEX coupon_by_customer ON coupon (customer_id) WHERE customer_id IS NOT NULL;
CREATE UNIQUE INDEX coupon_redemption_by_order ON coupon_redemption (order_id);
CREATE INDEX coupon_redemption_by_coupon ON coupon_redemption (coupon_id, customer_id);
CREATE UNIQUE INDEX tag_by_name ON tag (name_key);
CREATE INDEX customer_tag_by_tag ON customer_tag (tag_id, customer_id);
CREATE INDEX note_by_customer ON note (customer_id, id);
CREATE INDEX replay_by_time ON replay (at);
COMMIT;
