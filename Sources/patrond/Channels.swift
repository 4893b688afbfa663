internal import Booking
internal import ChannelKit
internal import Events
internal import Hosting
internal import ManualEntry
internal import OnlineShop
internal import PointOfSale

/// The channels of this build; no other file names a concrete plugin.
let compiledChannels =
    ([OnlineShop.self, Booking.self, Events.self, PointOfSale.self, ManualEntry.self] as [any ChannelPlugin.Type])
    .map { CompiledSource($0) }

let channels = ChannelCatalog(compiledChannels)
