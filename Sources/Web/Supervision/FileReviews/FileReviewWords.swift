import Supervision
import Vocabulary

/// How campaigns, drawn files and points stand, in words.
extension FileReview.Stage {
    var word: Word {
        switch self {
        case .opened: Word("filereview.stage-opened")
        case .called: Word("filereview.stage-called")
        case .drawn: Word("filereview.stage-drawn")
        case .dealt: Word("filereview.stage-dealt")
        case .published: Word("filereview.stage-published")
        }
    }

    var look: Tag.Look {
        switch self {
        case .opened, .called: .waiting
        case .drawn, .dealt: .busy
        case .published: .good
        }
    }
}

extension ReviewedFile.Stage {
    var word: Word {
        switch self {
        case .drawn: Word("filereview.file-drawn")
        case .inReview: Word("filereview.file-in-review")
        case .divergent: Word("filereview.file-divergent")
        case .settled: Word("filereview.file-settled")
        case .objected: Word("filereview.file-objected")
        case .final: Word("filereview.file-final")
        }
    }

    var look: Tag.Look {
        switch self {
        case .drawn, .inReview: .busy
        case .divergent, .objected: .bad
        case .settled: .waiting
        case .final: .good
        }
    }
}

extension PointVerdict {
    var word: Word {
        switch self {
        case .met: Word("filereview.verdict-met")
        case .notMet: Word("filereview.verdict-not-met")
        case .notApplicable: Word("filereview.verdict-not-applicable")
        case .look: Word("filereview.verdict-look")
        }
    }

    var look: Tag.Look {
        switch self {
        case .met: .good
        case .notMet: .bad
        case .notApplicable: .plain
        case .look: .waiting
        }
    }
}

extension FileGrade {
    var word: Word {
        switch self {
        case .excellent: Word("filereview.grade-excellent")
        case .passed: Word("filereview.grade-passed")
        case .failed: Word("filereview.grade-failed")
        }
    }

    var look: Tag.Look {
        switch self {
        case .excellent: .good
        case .passed: .plain
        case .failed: .bad
        }
    }
}

extension FileDraw.Sample.Unit {
    var word: Word {
        switch self {
        case .percent: Word("filereview.unit-percent")
        case .files: Word("filereview.unit-files")
        }
    }
}

extension Words {
    /// `88.7`: tenths of a mark.
    func marks(tenths marks: Int) -> String { "\(marks / 10).\(marks % 10)" }

    func name(_ point: ReviewChecklist.Point) -> String { pick(point.name, point.nameEnglish) }

    func basis(_ point: ReviewChecklist.Point) -> String { pick(point.basis, point.basisEnglish) }

    /// From which day to which.
    func period(_ terms: FileReviewTerms) -> String {
        self("filereview.period", ["from": date(terms.from), "to": date(terms.to)])
    }
}
