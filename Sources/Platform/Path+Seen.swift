extension Path {
    /// The same place as it may be typed in `folder`, by its letters alone.
    ///
    /// - Parameter folder: From the same start as this path, or absolute as it is; without `..`.
    /// - Returns: A path that may begin with `..`; `.` for the folder itself.
    public func seen(from folder: Path) -> Path {
        if let below = relative(to: folder) { return below }
        var rest = components[...]
        var base = folder.components[...]
        while let first = base.first, rest.first == first {
            base.removeFirst()
            rest.removeFirst()
        }
        let path = Array(repeating: Path(".."), count: base.count) + rest
        return path.isEmpty ? "." : path.dropFirst().reduce(path[0]) { $0.appending($1) }
    }
}
