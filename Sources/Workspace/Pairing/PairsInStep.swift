internal import Notebook
internal import Platform

/// Finds pairs that need not be read, because all of them looks as it did when they were in step.
struct PairsInStep {
    /// What a folder has to do with its pairs.
    private struct Ground {
        let place: Path
        let index: PairIndex
        let settings: FileStamp
    }

    /// By the folders as they were written.
    private var grounds: [Path: Ground] = [:]
    /// The folder that was asked for last: files of one folder come together.
    private var last: (folder: Path, ground: Ground)?
    /// By the files that they lie in.
    private var indexes: [Path: PairIndex] = [:]
    /// How scripts looked that were come across, by their places.
    private var scripts: [Path: FileStamp] = [:]
    /// The scripts of pairs that were found in step.
    private var found: Set<Path> = []

    /// Takes how a script looked, so that it need not be looked at again.
    mutating func note(_ script: Path, _ stamp: FileStamp, _ finder: inout PairFinder) {
        guard let ground = ground(of: script, &finder) else { return }
        scripts[ground.place.appending(script.name)] = stamp
    }

    /// The pair of a notebook or script, where it need not be read.
    ///
    /// - Parameters:
    ///   - path: As it was written.
    ///   - format: What the path's name tells.
    ///   - stamp: How it looks; nil to look now.
    ///   - finder: Knows folders, settings and memories.
    /// - Returns: Absolute paths, and whether the pair was not found before; nil when it must be read.
    mutating func pair(
        of path: Path, _ format: FileFormat?, _ stamp: FileStamp?, _ finder: inout PairFinder
    ) -> (notebook: Path, script: Path, isNew: Bool)? {
        guard let ground = ground(of: path, &finder) else { return nil }
        let place = ground.place.appending(path.name)
        if format == .notebook { return pair(ofNotebook: place, ground, stamp, &finder) }
        guard let notebook = ground.index.notebook(ofScript: place) else { return nil }
        if found.contains(place) { return (notebook, place, false) }
        guard let ground = self.ground(of: notebook, &finder),
            let pair = pair(ofNotebook: notebook, ground, nil, &finder), pair.script == place
        else { return nil }
        return pair
    }

    private mutating func pair(
        ofNotebook place: Path, _ ground: Ground, _ stamp: FileStamp?, _ finder: inout PairFinder
    ) -> (notebook: Path, script: Path, isNew: Bool)? {
        guard let (script, digest) = ground.index.pair(ofNotebook: place),
            let other = self.ground(of: script, &finder)
        else { return nil }
        let now = PairStamp(
            notebook: stamp ?? FileStamp(of: place),
            script: scripts[script] ?? FileStamp(of: script),
            settings: SettingsStamp(notebook: ground.settings, script: other.settings))
        guard now.digest == digest else { return nil }
        return (place, script, found.insert(script).inserted)
    }

    private mutating func ground(of path: Path, _ finder: inout PairFinder) -> Ground? {
        if let last, path.isDirectly(in: last.folder) { return last.ground }
        let folder = path.parent
        guard let ground = grounds[folder] ?? newGround(folder, &finder) else { return nil }
        grounds[folder] = ground
        last = (folder, ground)
        return ground
    }

    private mutating func newGround(_ folder: Path, _ finder: inout PairFinder) -> Ground? {
        guard let place = try? finder.place(ofFolder: folder),
            let memory = try? finder.memories.memory(for: place)
        else { return nil }
        do throws(Failure) {
            let settings = try finder.settings.settings(for: place)
            return Ground(
                place: place, index: index(of: memory), settings: FileStamp(settings?.status))
        } catch { return nil }
    }

    // MARK: Keeping

    /// Keeps that pairs are in step.
    mutating func keep(_ pairs: [(pair: Pair, stamp: PairStamp)]) {
        for (pair, stamp) in pairs {
            if let memory = pair.memory { index(of: memory).note(pair, stamp) }
        }
        for index in indexes.values { index.write() }
    }

    private mutating func index(of memory: PairMemory) -> PairIndex {
        if let known = indexes[memory.index] { return known }
        let read = PairIndex(of: memory)
        indexes[memory.index] = read
        return read
    }
}

extension FileStamp {
    /// How the file at `path` looks now.
    fileprivate init(of path: Path) { self.init((try? File.status(of: path)) ?? nil) }
}

extension Path {
    /// Whether the path is that of `folder`, a slash and a name.
    fileprivate func isDirectly(in folder: Path) -> Bool {
        let count = folder.bytes.count
        return bytes.count > count + 1 && bytes[count] == UInt8(ascii: "/")
            && bytes.starts(with: folder.bytes)
            && !bytes[(count + 1)...].contains(UInt8(ascii: "/"))
    }
}
