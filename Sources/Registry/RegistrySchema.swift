public import Storage

/// The whole schema of one tenant's registry.
public enum RegistrySchema {
    /// Every migration, in the order of application; new ones go to the end.
    public static let migrations: [Migration] = [
        CustomerSchema.migrations,
        OrderSchema.migrations,
        TimelineSchema.migrations,
        ConsentSchema.migrations,
        CouponSchema.migrations,
        TagSchema.migrations,
        NoteSchema.migrations,
        MergeSchema.migrations,
        DenialSchema.migrations,
        FieldSchema.migrations,
        DuplicateSchema.migrations,
        SearchSchema.migrations,
        SegmentSchema.migrations,
        TokenSchema.migrations,
        ReplaySchema.migrations,
        TicketSchema.migrations,
        GroupSchema.migrations,
        SuppressionSchema.migrations,
        MessageSchema.migrations,
        AddressSchema.migrations,
        StaffSchema.migrations,
        CommentSchema.migrations,
        ImportSchema.migrations,
        AttemptSchema.migrations,
        AccountSchema.migrations,
        NumberingSchema.migrations,
        ChannelTableSchema.migrations,
        ParkedInputSchema.migrations,
        DeliverySchema.migrations,
        ChannelWakeSchema.migrations,
        Applied.migrations,
        LimitSchema.migrations,
        ParticipantSchema.migrations,
        RestoreSchema.migrations,
        AuditSchema.migrations,
    ].flatMap(\.self)
}
