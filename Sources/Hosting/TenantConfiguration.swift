internal import Foundation

/// What `tenant.json` holds.
public struct TenantConfiguration: Sendable, Equatable, Codable {
    /// A channel's part.
    public struct Channel: Sendable, Equatable, Codable {
        /// Nil for as it is without anybody's doing: channels of the build are on, plugins are off.
        public var isEnabled: Bool?
        public var settings: [String: String] = [:]

        /// A channel with standard settings.
        public init() {}

        private enum CodingKeys: String, CodingKey {
            case isEnabled = "enabled"
            case settings
        }
    }

    public var title: String
    public var currency: String
    public var country: String
    public var locale: String
    public var timeZone: String
    /// What differs from the standard, by the setting's name.
    public var settings: [String: String] = [:]
    /// Unix users who are staff.
    public var staff: [String] = []
    /// What differs from the standard, by the channel's id.
    public var channels: [String: Channel] = [:]
    public var isSuspended = false
    /// ISO 8601, UTC.
    public var createdAt: String

    private enum CodingKeys: String, CodingKey {
        case title, currency, country, locale, settings, staff, channels
        case timeZone = "time_zone"
        case isSuspended = "suspended"
        case createdAt = "created_at"
    }

    /// A tenant with standard settings.
    public init(
        title: String, currency: String, country: String, locale: String, timeZone: String, createdAt: String
    ) {
        self.title = title
        self.currency = currency
        self.country = country
        self.locale = locale
        self.timeZone = timeZone
        self.createdAt = createdAt
    }

    /// Reads a file; what a person leaves out has its standard value.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        title = try values.decode(String.self, forKey: .title)
        currency = try values.decode(String.self, forKey: .currency)
        country = try values.decode(String.self, forKey: .country)
        locale = try values.decode(String.self, forKey: .locale)
        timeZone = try values.decode(String.self, forKey: .timeZone)
        settings = try values.decodeIfPresent([String: String].self, forKey: .settings) ?? [:]
        staff = try values.decodeIfPresent([String].self, forKey: .staff) ?? []
        channels = try values.decodeIfPresent([String: Channel].self, forKey: .channels) ?? [:]
        isSuspended = try values.decodeIfPresent(Bool.self, forKey: .isSuspended) ?? false
        createdAt = try values.decodeIfPresent(String.self, forKey: .createdAt) ?? "1970-01-01T00:00:00Z"
    }
}

extension TenantConfiguration.Channel {
    /// Reads a channel's part; what a person leaves out has its standard value.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        isEnabled = try values.decodeIfPresent(Bool.self, forKey: .isEnabled)
        settings = try values.decodeIfPresent([String: String].self, forKey: .settings) ?? [:]
    }
}
