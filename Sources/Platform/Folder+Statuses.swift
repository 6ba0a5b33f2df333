extension Folder {
    /// What the file system knows of the entries of a walk, at the end of their links; nil for what is gone since.
    ///
    /// To ask for thousands of files takes longer than to find them, so it is done folder by folder on several
    /// threads, as git does (`core.preloadIndex`). Folders are opened once: to ask for each file by its path takes
    /// three times as long.
    ///
    /// - Parameters:
    ///   - entries: In the order of the walk, which keeps those of a folder together.
    ///   - root: The folder where the walk began.
    ///   - workers: How many folders may be looked at at once; asked only for many files.
    /// - Returns: As many as there are entries. After an ``Interrupt`` the rest is nil.
    public static func statuses(
        of entries: [Entry], below root: Path, workers: @autoclosure () -> Int
    ) -> [FileStatus?] {
        var statuses = [FileStatus?](repeating: nil, count: entries.count)
        let groups = groups(of: entries)
        let workerCount = entries.count < leastForThreads ? 1 : workers()
        Parallel.forEach(count: groups.count, workers: workerCount) { group in
            let entries = entries[groups[group]]
            guard let first = entries.first,
                let folder = OpenFolder(root.appending(first.folder))
            else { return [FileStatus?](repeating: nil, count: entries.count) }
            return entries.map { folder.status(of: $0.name) }
        } consume: { group, found in
            statuses.replaceSubrange(groups[group], with: found)
        }
        return statuses
    }

    /// A thread is worth its start for as many files as git gives to one.
    private static let leastForThreads = 500

    /// Entries that stand together and are of one folder.
    private static func groups(of entries: [Entry]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        for (index, entry) in entries.enumerated() {
            if let last = groups.last, entries[last.lowerBound].folder == entry.folder {
                groups[groups.count - 1] = last.lowerBound..<(index + 1)
            } else {
                groups.append(index..<(index + 1))
            }
        }
        return groups
    }
}
