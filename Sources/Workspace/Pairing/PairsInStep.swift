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

    /// A script that was come across.
    private struct Script {
        var stamp: FileStamp
        /// Whether its pair was found in step.
        var isFound = false
    }

    /// What a path came to that need not be read.
    enum Finding {
        /// A pair; by absolute paths.
        case pair(notebook: Path, script: Path)
        /// A pair that was found before.
        case known
    }

    /// By the folders as they were written.
    private var grounds: [Path: Ground] = [:]
    /// The folder that was asked for last: files of one folder come together.
    private var last: (folder: Path, ground: Ground)?
    /// By the files that they lie in.
    private var indexes: [Path: PairIndex] = [:]
    /// By their places.
    private var scripts: [Path: Script] = [:]

    /// Makes room for scripts that ``note(_:_:_:)`` will be told of.
    mutating func reserveCapacity(_ count: Int) { scripts.reserveCapacity(count) }

    /// Takes how a script looked, so that it need not be looked at again.
    mutating func note(_ script: Path, _ stamp: FileStamp, _ finder: inout PairFinder) {
        guard let ground = ground(of: script, &finder) else { return }
        let place = ground.place.appending(script.nameBytes)
        scripts[place, default: Script(stamp: stamp)].stamp = stamp
    }

    /// The pair of a notebook or script, where it need not be read.
    ///
    /// - Parameters:
    ///   - path: As it was written.
    ///   - format: What the path's name tells.
    ///   - stamp: How it looks; nil to look now.
    ///   - finder: Knows folders, settings and memories.
    /// - Returns: nil when it must be read.
    mutating func finding(
        _ path: Path, _ format: FileFormat?, _ stamp: FileStamp?, _ finder: inout PairFinder
    ) -> Finding? {
        guard let ground = ground(of: path, &finder) else { return nil }
        let place = ground.place.appending(path.nameBytes)
        if format == .notebook { return finding(ofNotebook: place, ground, stamp, &finder) }
        if scripts[place]?.isFound == true { return .known }
        guard let notebook = ground.index.notebook(ofScript: place),
            let ground = self.ground(of: notebook, &finder),
            case .pair(notebook, place)? = finding(ofNotebook: notebook, ground, nil, &finder)
        else { return nil }
        return .pair(notebook: notebook, script: place)
    }

    private mutating func finding(
        ofNotebook place: Path, _ ground: Ground, _ stamp: FileStamp?, _ finder: inout PairFinder
    ) -> Finding? {
        guard let (script, digest) = ground.index.pair(ofNotebook: place),
            let other = script.isDirectly(in: ground.place)
                ? ground : self.ground(of: script, &finder)
        else { return nil }
        let known = scripts.index(forKey: script)
        let scriptStamp = known.map { scripts.values[$0].stamp } ?? FileStamp(of: script)
        let now = PairStamp(
            notebook: stamp ?? FileStamp(of: place), script: scriptStamp,
            settings: SettingsStamp(notebook: ground.settings, script: other.settings))
        guard now.digest == digest else { return nil }
        guard let known else {
            scripts[script] = Script(stamp: scriptStamp, isFound: true)
            return .pair(notebook: place, script: script)
        }
        guard !scripts.values[known].isFound else { return .known }
        scripts.values[known].isFound = true
        return .pair(notebook: place, script: script)
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
