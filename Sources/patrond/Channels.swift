internal import Booking
internal import ChannelKit
internal import Events
internal import ManualEntry
internal import OnlineShop
internal import PointOfSale

/// The channels of this build; no other file names a concrete plugin.
let channelTypes: [any ChannelPlugin.Type] = [
    OnlineShop.self, Booking.self, Events.self, PointOfSale.self, ManualEntry.self,
]

let compiledChannels = channelTypes.map { CompiledSource($0) }
