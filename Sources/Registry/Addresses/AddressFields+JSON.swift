public import StrictJSON

extension AddressFields {
    /// Reads an address as an order writes it; nil for what is no object of texts or has a part that cannot be kept.
    ///
    /// Besides the names of the socket it knows those of widespread shops. `country` counts where the address has none.
    public init?(written json: JSON, country: Country?) {
        guard json.objectValue != nil else { return nil }
        self.init()
        do {
            for field in AddressField.allCases { try set(field, to: Self.text(json, Self.names(of: field))) }
        } catch {
            return nil
        }
        if name == nil {
            let parts = ["first_name", "last_name"].compactMap { Self.text(json, [$0]) }
            // Two parts that were short enough may be too long together; the order knows them all the same.
            try? set(.name, to: parts.joined(separator: " "))
        }
        self.country = self.country ?? country
    }

    /// The parts that are known, for an order to keep.
    package var json: JSON {
        .object(
            AddressField.allCases.compactMap { field in
                self[field].map { JSON.Member(name: field.rawValue, value: .string($0)) }
            })
    }

    private static func text(_ json: JSON, _ names: [String]) -> String? {
        for name in names {
            switch json[name] {
            case .string(let text), .number(let text):
                if !text.allSatisfy(\.isWhitespace) { return text }
            case nil, .null, .bool, .array, .object: break
            }
        }
        return nil
    }

    /// What a field is called: here, by WooCommerce and by Shopify.
    ///
    /// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties
    /// https://shopify.dev/docs/api/admin-rest/latest/resources/order
    private static func names(of field: AddressField) -> [String] {
        switch field {
        case .title: ["title"]
        case .name: ["name"]
        case .company: ["company"]
        case .line1: ["line1", "street", "address_1", "address1"]
        case .line2: ["line2", "address_2", "address2"]
        case .postcode: ["postcode", "zip", "postal_code"]
        case .city: ["city"]
        case .region: ["region", "state", "province"]
        case .country: ["country", "country_code"]
        case .phone: ["phone"]
        }
    }
}
