/// The same shop in PostgreSQL, as one writes it there: a database for all tenants, their number first in each key, and the
/// order a function on the server that is called once.
///
/// It keeps no search index, which the product does.
enum PostgresSchema {
    static let text = """
        CREATE SEQUENCE next_order CACHE 32;
        CREATE TABLE tenant (id integer PRIMARY KEY, customers bigint NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE customer (
            tenant_id integer NOT NULL REFERENCES tenant, id bigint GENERATED ALWAYS AS IDENTITY, number bigint NOT NULL,
            name text NOT NULL, name_key text NOT NULL, email text, email_key text, phone text, phone_key text,
            status text NOT NULL DEFAULT 'active', joined_at timestamptz NOT NULL DEFAULT now(),
            order_count integer NOT NULL DEFAULT 0, last_order_at timestamptz,
            PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, number), UNIQUE (tenant_id, email_key)
        ) WITH (fillfactor = 80);
        CREATE INDEX customer_by_name ON customer (tenant_id, name_key, number);
        CREATE INDEX customer_by_phone ON customer (tenant_id, phone_key) WHERE phone_key IS NOT NULL;
        CREATE TABLE customer_order (
            tenant_id integer NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, channel text NOT NULL, ext text NOT NULL,
            customer_id bigint, match text NOT NULL, state text NOT NULL, placed_at timestamptz NOT NULL,
            recorded_at timestamptz NOT NULL DEFAULT now(), currency text NOT NULL, subtotal_minor bigint NOT NULL,
            discount_minor bigint NOT NULL, tax_minor bigint NOT NULL, total_minor bigint NOT NULL,
            paid_minor bigint NOT NULL, coupon text, buyer jsonb NOT NULL, details jsonb NOT NULL, digest bytea NOT NULL,
            PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, channel, ext),
            FOREIGN KEY (tenant_id, customer_id) REFERENCES customer
        );
        CREATE INDEX order_by_customer ON customer_order (tenant_id, customer_id, placed_at);
        CREATE TABLE order_line (
            tenant_id integer NOT NULL, order_id bigint NOT NULL, position integer NOT NULL, sku text, name text NOT NULL,
            quantity numeric NOT NULL, unit_price numeric NOT NULL, tax_rate numeric NOT NULL,
            PRIMARY KEY (tenant_id, order_id, position),
            FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order ON DELETE CASCADE
        );
        CREATE TABLE timeline (
            tenant_id integer NOT NULL, seq bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL DEFAULT now(),
            topic text NOT NULL, actor text NOT NULL, customer_id bigint, order_id bigint, data jsonb NOT NULL,
            PRIMARY KEY (tenant_id, seq)
        );
        CREATE INDEX timeline_by_customer ON timeline (tenant_id, customer_id, seq);
        CREATE TABLE coupon (
            tenant_id integer NOT NULL, id integer NOT NULL, code_key text NOT NULL, percent numeric NOT NULL,
            use_limit bigint, used bigint NOT NULL DEFAULT 0, spent_minor bigint NOT NULL DEFAULT 0,
            PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, code_key)
        ) WITH (fillfactor = 50);
        CREATE TABLE coupon_redemption (
            tenant_id integer NOT NULL, coupon_id integer NOT NULL, order_id bigint NOT NULL, customer_id bigint,
            amount_minor bigint NOT NULL, redeemed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, coupon_id, order_id),
            FOREIGN KEY (tenant_id, coupon_id) REFERENCES coupon,
            FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order
        );
        CREATE TABLE customer_total (
            tenant_id integer NOT NULL, customer_id bigint NOT NULL, currency text NOT NULL, net_minor bigint NOT NULL,
            PRIMARY KEY (tenant_id, customer_id, currency), FOREIGN KEY (tenant_id, customer_id) REFERENCES customer
        ) WITH (fillfactor = 80);
        CREATE TABLE customer_channel (
            tenant_id integer NOT NULL, customer_id bigint NOT NULL, channel text NOT NULL,
            PRIMARY KEY (tenant_id, customer_id, channel), FOREIGN KEY (tenant_id, customer_id) REFERENCES customer
        );
        CREATE TABLE consent (
            tenant_id integer NOT NULL, customer_id bigint NOT NULL, purpose text NOT NULL, status text NOT NULL,
            changed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, customer_id, purpose), FOREIGN KEY (tenant_id, customer_id) REFERENCES customer
        );
        CREATE TABLE consent_evidence (
            tenant_id integer NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, customer_id bigint NOT NULL,
            purpose text NOT NULL, status text NOT NULL, wording text NOT NULL, channel text NOT NULL, order_id bigint,
            at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, customer_id) REFERENCES customer
        );

        CREATE FUNCTION register_order(
            tenant integer, new_ext text, buyer_email text, buyer_name text, buyer_phone text, wants_news boolean,
            lines jsonb, code text, order_details jsonb
        ) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE
            person customer; its_coupon coupon; made bigint; next bigint; matched text := 'email'; subtotal bigint; discount bigint;
        BEGIN
            PERFORM 1 FROM customer_order WHERE tenant_id = tenant AND channel = 'online-shop' AND ext = new_ext;
            IF FOUND THEN RAISE 'order-differs'; END IF;
            SELECT * INTO person FROM customer WHERE tenant_id = tenant AND email_key = lower(buyer_email);
            IF NOT FOUND THEN
                matched := 'created';
                UPDATE tenant SET customers = customers + 1 WHERE tenant.id = register_order.tenant RETURNING customers INTO next;
                INSERT INTO customer (tenant_id, number, name, name_key, email, email_key, phone, phone_key)
                VALUES (
                    tenant, next, buyer_name, lower(buyer_name), buyer_email, lower(buyer_email), buyer_phone,
                    '+49' || substr(replace(buyer_phone, ' ', ''), 2))
                RETURNING * INTO person;
                INSERT INTO timeline (tenant_id, topic, actor, customer_id, data)
                VALUES (tenant, 'customer.created', 'channel:online-shop', person.id, '{}');
            ELSIF person.status <> 'active' THEN RAISE 'denied';
            END IF;
            SELECT sum((line->>'quantity')::numeric * (line->>'unit_price')::numeric * 100)::bigint INTO subtotal
            FROM jsonb_array_elements(lines) line;
            SELECT * INTO its_coupon FROM coupon WHERE tenant_id = tenant AND code_key = lower(code);
            IF NOT FOUND OR its_coupon.used >= its_coupon.use_limit THEN RAISE 'coupon-exhausted'; END IF;
            discount := (subtotal * its_coupon.percent / 100)::bigint;
            INSERT INTO customer_order (
                tenant_id, channel, ext, customer_id, match, state, placed_at, currency, subtotal_minor, discount_minor,
                tax_minor, total_minor, paid_minor, coupon, buyer, details, digest)
            VALUES (
                tenant, 'online-shop', new_ext, person.id, matched, 'confirmed', now(), 'EUR', subtotal, discount, 324,
                subtotal - discount, subtotal - discount, code,
                jsonb_build_object('email', buyer_email, 'name', buyer_name, 'phone', buyer_phone), order_details,
                sha256((lines::text || order_details::text)::bytea))
            RETURNING id INTO made;
            INSERT INTO order_line
            SELECT tenant, made, position, line->>'sku', line->>'name', (line->>'quantity')::numeric,
                (line->>'unit_price')::numeric, (line->>'tax_rate')::numeric
            FROM jsonb_array_elements(lines) WITH ORDINALITY AS l (line, position);
            UPDATE coupon SET used = used + 1, spent_minor = spent_minor + discount
            WHERE tenant_id = tenant AND id = its_coupon.id;
            INSERT INTO coupon_redemption (tenant_id, coupon_id, order_id, customer_id, amount_minor)
            VALUES (tenant, its_coupon.id, made, person.id, discount);
            INSERT INTO timeline (tenant_id, topic, actor, customer_id, order_id, data)
            VALUES
                (tenant, 'order.registered', 'channel:online-shop', person.id, made,
                    jsonb_build_object('total', subtotal - discount)),
                (tenant, 'coupon.redeemed', 'channel:online-shop', person.id, made, jsonb_build_object('code', code));
            INSERT INTO customer_total VALUES (tenant, person.id, 'EUR', subtotal - discount)
            ON CONFLICT (tenant_id, customer_id, currency)
            DO UPDATE SET net_minor = customer_total.net_minor + excluded.net_minor;
            UPDATE customer SET order_count = order_count + 1, last_order_at = now()
            WHERE tenant_id = tenant AND id = person.id;
            INSERT INTO customer_channel VALUES (tenant, person.id, 'online-shop') ON CONFLICT DO NOTHING;
            IF wants_news THEN
                INSERT INTO consent (tenant_id, customer_id, purpose, status)
                VALUES (tenant, person.id, 'newsletter', 'subscribed')
                ON CONFLICT (tenant_id, customer_id, purpose) DO UPDATE SET status = 'subscribed', changed_at = now()
                WHERE consent.status <> 'subscribed';
                INSERT INTO consent_evidence (tenant_id, customer_id, purpose, status, wording, channel, order_id)
                VALUES (tenant, person.id, 'newsletter', 'subscribed', 'v1', 'online-shop', made);
                INSERT INTO timeline (tenant_id, topic, actor, customer_id, order_id, data)
                VALUES (tenant, 'consent.subscribed', 'channel:online-shop', person.id, made, '{"purpose":"newsletter"}');
            END IF;
            RETURN made;
        END $$;
        """

    /// Enters so many tenants with their known customers and the coupon.
    static func fill(tenants: Int, customers: Int) -> String {
        """
        INSERT INTO tenant SELECT t, \(customers) FROM generate_series(1, \(tenants)) t;
        INSERT INTO customer (tenant_id, number, name, name_key, email, email_key, phone, phone_key)
        SELECT t, n, 'Ann Known' || p, 'ann known' || p, 'k' || p || '@example.org', 'k' || p || '@example.org',
            '0170 ' || p, '+49170' || p
        FROM generate_series(1, \(tenants)) t, generate_series(1, \(customers)) n, lpad((n - 1)::text, 8, '0') p;
        INSERT INTO customer_total SELECT tenant_id, id, 'EUR', 0 FROM customer;
        INSERT INTO coupon SELECT t, 1, 'save10', 10 FROM generate_series(1, \(tenants)) t;
        """
    }

    /// What pgbench runs again and again: the order of ``OrderPlan``, to a tenant that it draws.
    static func order(tenants: Int, customers: Int) -> String {
        """
        \\set tenant random(1, \(tenants))
        \\set draw random(0, 99999999)
        \\set known random(0, \(customers - 1))
        WITH plan AS MATERIALIZED (
            SELECT nextval('next_order') AS n, :draw % 10 < 3 AS is_new, :draw / 10 % 4 = 0 AS wants_news
        )
        SELECT register_order(
            :tenant, 'web-' || n,
            CASE WHEN is_new THEN 'n' || lpad(n::text, 8, '0') ELSE 'k' || lpad((:known)::text, 8, '0') END || '@example.org',
            CASE WHEN is_new THEN 'Kim Fresh' || lpad(n::text, 8, '0') ELSE 'Ann Known' || lpad((:known)::text, 8, '0') END,
            CASE WHEN is_new THEN '0171 ' || lpad(n::text, 8, '0') END, wants_news,
            '\(OrderText.lines)', '\(OrderText.coupon)', '\(OrderText.details)')
        FROM plan;
        """
    }
}
