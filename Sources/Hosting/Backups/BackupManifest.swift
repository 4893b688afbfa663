internal import Foundation

/// What stands beside a backup: what it holds, and by what it is known to be whole.
public struct BackupManifest: Sendable, Equatable, Codable {
    /// Why a backup was made.
    public enum Reason: String, Sendable, Codable {
        /// Somebody asked for it.
        case asked
        /// It goes to another host.
        case exported
        /// Another file was about to take the place of the tenant's.
        case replaced
    }

    /// Of this form of manifest.
    public static let format = 1

    public let format: Int
    public let tenant: String
    /// ISO 8601, UTC.
    public let madeAt: String
    public let reason: Reason
    public let bytes: Int64
    /// In hexadecimal.
    public let sha256: String
    /// The number of the newest entry in the timeline.
    public let seq: Int64
    /// The steps of the schema that the file has taken.
    public let schema: [String]
    /// How many steps of its own each channel has taken, by id.
    public let channels: [String: Int64]
    /// Rows by table.
    public let counts: [String: Int64]
    /// The tenant's settings as they were.
    public let configuration: TenantConfiguration

    private enum CodingKeys: String, CodingKey {
        case format, tenant, reason, bytes, sha256, seq, schema, channels, counts, configuration
        case madeAt = "made_at"
    }
}

/// A backup of a tenant.
public struct Backup: Sendable, Equatable {
    public let name: BackupName
    public let manifest: BackupManifest
}
