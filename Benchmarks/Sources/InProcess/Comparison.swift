/// Times of two functions that ran in turn.
struct Comparison {
    private var ours: [Double] = []
    private var peers: [Double] = []

    /// Runs both for about `duration` in all, and at least five turns each.
    init(duration: Duration, _ our: () -> Void, _ peer: () -> Void) {
        let clock = ContinuousClock()
        let ourRepeats = Self.repeats(of: our, clock)
        let peerRepeats = Self.repeats(of: peer, clock)
        let end = clock.now + duration
        while ours.count < 5 || clock.now < end {
            ours.append(Self.milliseconds(of: our, repeats: ourRepeats, clock))
            peers.append(Self.milliseconds(of: peer, repeats: peerRepeats, clock))
        }
    }

    /// Median, shortest, the same of the peer, and the median of peer / ours.
    var columns: String {
        let ratios = zip(peers, ours).map { $0 / $1 }
        let values = [
            ours.median, ours.min() ?? 0, peers.median, peers.min() ?? 0, ratios.median,
        ]
        return values.map { "\($0)" }.joined(separator: "\t")
    }

    /// How often a function must run for the clock to tell its time well.
    ///
    /// Warms up, too.
    private static func repeats(of function: () -> Void, _ clock: ContinuousClock) -> Int {
        function()
        let once = milliseconds(of: function, repeats: 3, clock)
        return max(1, Int((5 / once).rounded(.up)))
    }

    private static func milliseconds(
        of function: () -> Void, repeats: Int, _ clock: ContinuousClock
    ) -> Double {
        let time = clock.measure { for _ in 0..<repeats { function() } }
        return time / .milliseconds(1) / Double(repeats)
    }
}

extension [Double] {
    fileprivate var median: Double {
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
