/// What a plugin has not been told yet of a tenant, as far as is known.
public struct PluginBacklog: Sendable {
    public let tenant: TenantName
    /// How many entries of the timeline are newer than the last one looked at, wanted or not.
    public let lag: Int64
    /// How often the last turn failed in a row.
    public let failures: Int
}
