/// What is sent to the device at once, so that it survives a power cut.
///
/// Follows git-config(1), `core.fsync`: by default what references name, and not each loose object.
struct FlushPolicy {
    private(set) var looseObjects = false
    private(set) var references = true
    private(set) var index = false

    init(_ configuration: Configuration) throws(GitError) {
        if let list = try configuration.string("core.fsync") {
            for word in list.split(separator: ",") {
                var name = word.drop { $0 == " " }
                while name.last == " " { name.removeLast() }
                let isOn = name.first != "-"
                set(isOn ? String(name) : String(name.dropFirst()), isOn)
            }
        } else if try configuration.bool("core.fsyncObjectFiles") ?? false {
            looseObjects = true
        }
    }

    private mutating func set(_ name: String, _ isOn: Bool) {
        switch name {
        case "none": (looseObjects, references, index) = (false, false, false)
        case "loose-object", "objects": looseObjects = isOn
        case "reference": references = isOn
        case "committed": (looseObjects, references) = (isOn, isOn)
        case "index": index = isOn
        case "added", "all": (looseObjects, references, index) = (isOn, isOn, isOn)
        default: return
        }
    }
}
