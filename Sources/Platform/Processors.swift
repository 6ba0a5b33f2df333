import Glibc

/// How much can run at once.
public enum Processors {
    /// The cores this program may use, at least 1.
    ///
    /// Counts the cores it is allowed on (`taskset`) and obeys a container's quota, which leaves all
    /// cores visible and stops whoever uses them. Asks the system each time.
    public static var usableCount: Int {
        let allowed = allowedCount() ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return max(1, min(allowed, quotaCount() ?? allowed))
    }

    /// The cores in the program's mask, the one that sched_getaffinity(2) gives.
    ///
    /// Follows proc(5).
    private static func allowedCount() -> Int? {
        guard let status = text(of: "/proc/self/status") else { return nil }
        let field = "Cpus_allowed_list:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(field) }) else {
            return nil
        }
        return coreCount(inList: line.dropFirst(field.count))
    }

    /// The least `cpu.max` of the program's control group and those above it, in whole cores.
    ///
    /// Follows the kernel's cgroup-v2 document.
    private static func quotaCount() -> Int? {
        let marker = "0::/"
        let groups = text(of: "/proc/self/cgroup")?.split(separator: "\n") ?? []
        guard let group = groups.first(where: { $0.hasPrefix(marker) }) else { return nil }
        var folder = Path("/sys/fs/cgroup").appending(Path(String(group.dropFirst(marker.count))))
        var least: Int?
        while folder != "/sys/fs" {
            if let quota = text(of: folder.appending("cpu.max")).flatMap(coreCount(inQuota:)) {
                least = min(quota, least ?? quota)
            }
            folder = folder.parent
        }
        return least
    }

    /// The number of cores in a list such as ` 0-3,8`.
    static func coreCount(inList list: some StringProtocol) -> Int? {
        var count = 0
        for range in list.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return nil }
            count += last - first + 1
        }
        return count > 0 ? count : nil
    }

    /// The cores in a quota such as `150000 100000` (time per period), rounded up; `nil` for `max`.
    static func coreCount(inQuota quota: some StringProtocol) -> Int? {
        let numbers = quota.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return nil }
        return (numbers[0] - 1) / numbers[1] + 1
    }

    private static func text(of path: Path) -> String? {
        guard let bytes = try? File.read(path) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
