extension Path {
    /// What follows the last period of the name, without it: `py` in `a.b.py`.
    ///
    /// `nil` when there is none, when it is not UTF-8, and for a name such as `.profile`, whose only
    /// period leads it. Empty for `a.`.
    public var fileExtension: String? {
        let name = self.name.bytes
        guard let period = periodOfExtension(in: name) else { return nil }
        return String(validating: name[(period + 1)...], as: UTF8.self)
    }

    /// This path without its extension and the period before it.
    public var withoutExtension: Path {
        guard let period = periodOfExtension(in: name.bytes) else { return self }
        let kept = Path(bytes: Array(name.bytes[..<period]))
        return bytes.contains(.slash) ? parent.appending(kept) : kept
    }

    /// This path with `fileExtension` in place of its own, or added when it has none.
    ///
    /// - Parameter fileExtension: The new extension, without a period.
    /// - Returns: The path in the same folder.
    public func replacingExtension(with fileExtension: String) -> Path {
        Path(bytes: withoutExtension.bytes + [.period] + Array(fileExtension.utf8))
    }

    private func periodOfExtension(in name: [UInt8]) -> Int? {
        guard let period = name.lastIndex(of: .period), period > 0 else { return nil }
        return name == [.period, .period] ? nil : period
    }
}
