import Glibc

/// The clock on the wall and the zone it hangs in.
public enum LocalTime {
    /// Seconds since the start of 1970, UTC.
    ///
    /// Follows time(2).
    public static func now() -> Int { time(nil) }

    /// The same, as exactly as file systems count.
    ///
    /// Follows clock_gettime(2) with `CLOCK_REALTIME`.
    public static var timestamp: Timestamp {
        var now = timespec()
        // The call fills `now`, which outlives it; it cannot fail for this clock.
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(seconds: now.tv_sec, nanoseconds: now.tv_nsec)
    }

    /// How far the local zone is east of UTC at a point in time, in minutes.
    ///
    /// Follows localtime_r(3) and so `TZ`.
    public static func offsetMinutes(at seconds: Int) -> Int {
        var time = time_t(seconds)
        // Plain numbers, and a pointer to the zone's name that nobody here reads.
        var parts = unsafe tm()
        tzset()
        // Both live until the call returns, which fills the second.
        guard unsafe localtime_r(&time, &parts) != nil else { return 0 }
        return unsafe parts.tm_gmtoff / 60
    }

    /// What a clock in the local zone shows at a point in time, as in `18:05`.
    public static func clock(at seconds: Int) -> String {
        let minutes = (seconds / 60 + offsetMinutes(at: seconds)) % (24 * 60)
        let (hour, minute) = (minutes / 60, minutes % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
}
