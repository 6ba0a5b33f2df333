// Writes the inputs of the benchmarks, the same bytes on every machine.
//
// usage: make-inputs <folder> <name>...

let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first, arguments.count > 1 else {
    OutputFile.stop("expected a folder and the names of inputs")
}

for name in arguments.dropFirst() {
    let path = "\(folder)/\(name).ipynb"
    switch name {
    case "images": NotebookShape.images.write(to: path, size: 10_000_000, seed: 1)
    case "text": NotebookShape.text.write(to: path, size: 10_000_000, seed: 2)
    case "small": NotebookShape.source.write(to: path, size: 105_000, seed: 3)
    case "source": NotebookShape.source.write(to: path, size: 10_000_000, seed: 4)
    case "big": NotebookShape.images.write(to: path, size: 1_000_000_000, seed: 5)
    // Smaller ones for counting instructions, which is slow; and what starting up costs.
    case "images-1mb": NotebookShape.images.write(to: path, size: 1_000_000, seed: 6)
    case "text-1mb": NotebookShape.text.write(to: path, size: 1_000_000, seed: 7)
    case "source-1mb": NotebookShape.source.write(to: path, size: 1_000_000, seed: 8)
    case "empty": NotebookShape.source.write(to: path, size: 0, seed: 9)
    case "tree": writeTree(to: "\(folder)/tree")
    case "repository": writeRepository(to: "\(folder)/repository")
    default: OutputFile.stop("there is no input '\(name)'")
    }
}

/// 2,000 notebooks of 50 to 105 KB in 100 folders.
func writeTree(to path: String) {
    var random = SplitMix64(seed: 10)
    OutputFile.makeFolder(path)
    for number in 0..<2000 {
        let outer = "\(path)/project-\(number % 20)"
        let inner = "\(outer)/part-\(number / 20 % 5)"
        OutputFile.makeFolder(outer)
        OutputFile.makeFolder(inner)
        NotebookShape.mixed.write(
            to: "\(inner)/notebook-\(number).ipynb", size: random.number(in: 50_000..<100_000),
            seed: random.next())
    }
}

/// `files`: 2,000 notebooks of 100 KB and 3,000 modules of 1 KB; `changes`: 100 of the notebooks, with some cells
/// more.
func writeRepository(to path: String) {
    var random = SplitMix64(seed: 11)
    for folder in ["", "/files", "/changes"] { OutputFile.makeFolder(path + folder) }
    for part in 0..<50 {
        let names = ["files", "changes"].map { "\(path)/\($0)/part-\(part)" }
        for name in names { OutputFile.makeFolder(name) }
        for number in 0..<40 {
            let seed = random.next()
            let name = "notebook-\(number).ipynb"
            NotebookShape.mixed.write(to: "\(names[0])/\(name)", size: 98_000, seed: seed)
            guard number % 20 == 0 else { continue }
            NotebookShape.mixed.write(to: "\(names[1])/\(name)", size: 102_000, seed: seed)
        }
        for number in 0..<60 {
            let lines = (0..<40).map { "value_\($0) = \(random.number(in: 0..<1_000_000))\n" }
            let module = OutputFile("\(names[0])/module_\(number).py")
            module.append(Array(lines.joined().utf8))
        }
    }
}
