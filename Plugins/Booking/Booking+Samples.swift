extension Booking {
    public static var samples: [UInt8] { PackageResources.samples_json }
}
