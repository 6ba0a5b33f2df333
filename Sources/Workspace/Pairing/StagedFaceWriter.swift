internal import Git
internal import Notebook
internal import Platform

/// A notebook or a script whose staged content is behind.
struct StagedFace {
    /// From the root of the work tree.
    let path: Path
    /// What is staged; nil for nothing.
    let old: [UInt8]?
    /// What should be.
    let new: [UInt8]
}

/// Writes into the work tree what should be staged, where nothing is lost by that.
struct StagedFaceWriter {
    let checkout: Checkout
    let memory: PairMemory
    let pair: Pair
    /// The script as it should be staged.
    let script: [UInt8]

    /// What writing a face comes to.
    private enum Finding {
        /// The file is as it should be staged.
        case there
        /// The file may become this.
        case writable([UInt8], over: File.Snapshot)
        /// It may not, for this reason.
        case refused(StagedPair.Outcome)
    }

    /// Writes all of them, or none.
    func write(_ faces: [StagedFace], stages: Bool) throws(Failure) -> StagedPair.Outcome {
        var writing: [(path: Path, bytes: [UInt8], found: File.Snapshot)] = []
        for face in faces {
            switch try finding(face) {
            case .there: continue
            case .writable(let bytes, let found): writing.append((face.path, bytes, found))
            case .refused(let outcome): return outcome
            }
        }
        do throws(SystemError) {
            for (path, bytes, found) in writing {
                let place = checkout.workTree.appending(path)
                try Folder.create(place.parent)
                try File.replace(place, with: bytes, over: found, durable: true)
            }
        } catch { throw Failure(error) }
        let paths = faces.map(\.path)
        guard stages else {
            let written = writing.map(\.path)
            return .unstaged(written: written, there: paths.filter { !written.contains($0) })
        }
        do throws(GitError) { _ = try checkout.repository.stage(Pathspec(files: paths)) } catch {
            throw Failure(error)
        }
        return .staged(paths)
    }

    private func finding(_ face: StagedFace) throws(Failure) -> Finding {
        let place = checkout.workTree.appending(face.path)
        guard memory.holds(place) else {
            throw Failure(
                "lies behind a link that leads out of the work tree",
                path: checkout.shown(face.path))
        }
        let bytes: [UInt8]
        let found: File.Snapshot
        do throws(SystemError) {
            var snapshot = try File.Snapshot(of: place)
            guard snapshot.status != nil || snapshot.isLink else {
                return .writable(face.new, over: snapshot)
            }
            bytes = try snapshot.bytes()
            found = snapshot
        } catch { throw Failure(error) }
        if bytes == face.new { return .there }
        if bytes == face.old || bytes.isEmpty { return .writable(face.new, over: found) }
        let stored: [UInt8]
        do throws(GitError) {
            // What git stores may have other line ends than the file, or lack outputs that it has.
            stored = try checkout.repository.content(ofFileAt: face.path, mode: .regular)
        } catch { throw Failure(error) }
        if stored == face.new { return .there }
        guard let old = face.old else { return .refused(.occupied(face.path)) }
        guard stored == old else { return .refused(.blocked(face.path)) }
        guard face.path == pair.notebook else { return .writable(face.new, over: found) }
        do throws(NotebookUpdate.Failure) {
            let update = try NotebookUpdate(
                of: bytes, from: script, language: pair.language, options: pair.options,
                isDeclared: true)
            return .writable(update.bytes, over: found)
        } catch { throw Failure(error, pair, in: checkout) }
    }
}
