import Glibc

/// How long something takes.
///
/// Swift's own clocks belong to its concurrency library, which starts Dispatch and its threads' book-keeping
/// before `main` in every program that mentions it.
public struct Stopwatch: Sendable {
    private let start = Self.now

    /// Starts it.
    public init() {}

    /// The time since the start; setting the system's clock does not change it.
    ///
    /// Follows clock_gettime(2) with `CLOCK_MONOTONIC`.
    public var elapsed: Duration {
        let now = Self.now
        return .seconds(now.tv_sec - start.tv_sec) + .nanoseconds(now.tv_nsec - start.tv_nsec)
    }

    private static var now: timespec {
        var now = timespec()
        // The call fills `now`, which outlives it; it cannot fail for this clock.
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return now
    }
}
