extension Path {
    /// The path without `.`, `..` and empty components, by its letters alone; `.` when nothing is left.
    ///
    /// `nil` when it leads above where it begins. A `..` behind a symbolic link means another folder to
    /// the kernel; git takes paths like this all the same.
    public var normalized: Path? {
        var components: [ArraySlice<UInt8>] = []
        for component in bytes.split(separator: .slash) {
            switch Array(component) {
            case [.period]: continue
            case [.period, .period]:
                guard components.popLast() != nil else { return nil }
            default: components.append(component)
            }
        }
        let joined = Array(components.joined(separator: [.slash]))
        if isAbsolute { return Path(bytes: [.slash] + joined) }
        return joined.isEmpty ? "." : Path(bytes: joined)
    }

    /// The components, from the first; those of `.` are none.
    public var components: [Path] {
        bytes.split(separator: .slash).map { Path(bytes: Array($0)) }.filter { $0 != "." }
    }
}
