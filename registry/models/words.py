"""The words of which the register's names are made: by them a misspelt one is found."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

LONGEST = 60  # letters; a longer "word" is a name written without spaces


class NameWord(models.Model):
    """One word in its Latin form, and in how many operators' names it stands; counted anew."""

    word = models.CharField(_("word"), max_length=LONGEST, primary_key=True)
    entries = models.PositiveIntegerField(_("operators with this word"))

    objects = models.Manager()  # words of a register that is public; nobody's in particular

    class Meta:
        verbose_name = _("word of names")
        verbose_name_plural = _("words of names")
        ordering = ["word"]
        indexes = [
            # A slip of the pen leaves the beginning or the end of a word as it was.
            models.Index(
                OpClass(Reverse("word"), name="text_pattern_ops"), name="name_word_from_its_end"
            ),
        ]

    def __str__(self) -> str:
        return self.word
