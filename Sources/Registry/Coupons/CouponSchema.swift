internal import Storage

enum CouponSchema {
    static let migrations = [
        Migration(
            "coupons 1: coupons and ledger",
            """
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
            CREATE UNIQUE INDEX coupon_by_code ON coupon (code_key);
            CREATE INDEX coupon_by_customer ON coupon (customer_id) WHERE customer_id IS NOT NULL;

            CREATE TABLE coupon_redemption (
                id INTEGER PRIMARY KEY,
                coupon_id INTEGER NOT NULL REFERENCES coupon (id),
                customer_id INTEGER REFERENCES customer (id),
                order_id INTEGER NOT NULL REFERENCES customer_order (id),
                amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
                redeemed_at INTEGER NOT NULL,
                released_at INTEGER
            ) STRICT;
            CREATE UNIQUE INDEX coupon_redemption_by_order ON coupon_redemption (order_id);
            CREATE INDEX coupon_redemption_by_coupon ON coupon_redemption (coupon_id, customer_id);
            """),
        Migration(
            "coupons 2: holds, products, campaigns and the archive",
            """
            ALTER TABLE coupon ADD COLUMN held INTEGER NOT NULL DEFAULT 0
                CHECK (held >= 0 AND (use_limit IS NULL OR used + held <= use_limit));
            ALTER TABLE coupon ADD COLUMN held_minor INTEGER NOT NULL DEFAULT 0
                CHECK (held_minor >= 0 AND (budget_minor IS NULL OR spent_minor + held_minor <= budget_minor));
            ALTER TABLE coupon ADD COLUMN archived_at INTEGER;
            ALTER TABLE coupon ADD COLUMN campaign TEXT;
            ALTER TABLE coupon ADD COLUMN product_count INTEGER NOT NULL DEFAULT 0 CHECK (product_count >= 0);
            ALTER TABLE coupon ADD COLUMN is_grouped INTEGER NOT NULL DEFAULT 0 CHECK (is_grouped IN (0, 1));
            CREATE INDEX coupon_by_campaign ON coupon (campaign) WHERE campaign IS NOT NULL;
            CREATE INDEX coupon_archived ON coupon (id) WHERE archived_at IS NOT NULL;

            CREATE TABLE coupon_product (
                coupon_id INTEGER NOT NULL REFERENCES coupon (id),
                position INTEGER NOT NULL,
                sku TEXT NOT NULL,
                PRIMARY KEY (coupon_id, position)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE coupon_group (
                coupon_id INTEGER NOT NULL REFERENCES coupon (id),
                group_id INTEGER NOT NULL REFERENCES shop_group (id) ON DELETE CASCADE,
                PRIMARY KEY (coupon_id, group_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX coupon_group_by_group ON coupon_group (group_id);

            CREATE TABLE coupon_hold (
                id INTEGER PRIMARY KEY,
                coupon_id INTEGER NOT NULL REFERENCES coupon (id),
                customer_id INTEGER REFERENCES customer (id),
                channel TEXT,
                amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
                held_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL CHECK (expires_at > held_at),
                ended_at INTEGER,
                order_id INTEGER REFERENCES customer_order (id),
                CHECK (order_id IS NULL OR ended_at IS NOT NULL)
            ) STRICT;
            CREATE INDEX coupon_hold_by_coupon ON coupon_hold (coupon_id, expires_at) WHERE ended_at IS NULL;
            CREATE INDEX coupon_hold_by_expiry ON coupon_hold (expires_at) WHERE ended_at IS NULL;
            CREATE INDEX coupon_hold_by_end ON coupon_hold (ended_at) WHERE ended_at IS NOT NULL;
            CREATE INDEX coupon_hold_by_customer ON coupon_hold (customer_id, coupon_id)
                WHERE customer_id IS NOT NULL;
            """),
    ]
}
