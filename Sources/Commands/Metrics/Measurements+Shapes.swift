internal import Hosting
internal import StrictJSON

extension Measurements {
    /// How many requests ended in which way.
    var outcomes: [(name: String, count: Int64)] {
        [("answered", answered), ("refused", refused), ("failed", failed)]
    }
}

extension JSONWriter {
    /// Requests and commits.
    mutating func members(of measurements: Measurements) {
        name("requests")
        beginObject()
        for outcome in measurements.outcomes { member(outcome.name, outcome.count) }
        member("ms", measurements.requestTimes, per: 1e6)
        endObject()
        name("commits")
        beginObject()
        member("count", measurements.commitSizes.count)
        member("changes", measurements.commitSizes.sum)
        member("sizes", measurements.commitSizes, per: 1)
        member("ms", measurements.commitTimes, per: 1e6)
        endObject()
    }

    /// The greatest value of each bucket but the last, and how many values fell into each.
    private mutating func member(_ name: String, _ histogram: Histogram, per unit: Double) {
        self.name(name)
        beginObject()
        member("bounds", JSON.array(histogram.bounds.map { .number(PrometheusText.text(Double($0) / unit)) }))
        member("counts", JSON.array(histogram.counts.map { .number(String($0)) }))
        member("sum", JSON.number(PrometheusText.text(Double(histogram.sum) / unit)))
        endObject()
    }
}

extension PrometheusText {
    /// Requests and commits.
    mutating func add(_ measurements: Measurements, labels: [(name: String, value: String)]) {
        let prefix = labels.isEmpty ? "patron" : "patron_tenant"
        add(
            "\(prefix)_requests_total", .counter, "Requests by how they ended: refused are codes 4xx, failed 5xx.",
            measurements.outcomes.map { Sample(labels + [("outcome", $0.name)], Double($0.count)) })
        add(
            "\(prefix)_request_duration_seconds", "Time from a request's line to its answer.",
            measurements.requestTimes, per: 1e9, labels)
        add(
            "\(prefix)_commit_changes", "How many changes shared a commit.", measurements.commitSizes, per: 1, labels)
        add(
            "\(prefix)_commit_duration_seconds",
            "Time from a transaction's begin until it is durable, with all changes that shared it.",
            measurements.commitTimes, per: 1e9, labels)
    }
}
